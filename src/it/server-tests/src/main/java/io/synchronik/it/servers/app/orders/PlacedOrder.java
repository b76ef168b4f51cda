package io.synchronik.it.servers.app.orders;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

@Entity
@Table(name = "placed_order")
public class PlacedOrder {
  @Id
  @Column(length = 100)
  private String number;

  protected PlacedOrder() {}

  public PlacedOrder(String number) {
    this.number = number;
  }

  public String number() {
    return number;
  }
}
