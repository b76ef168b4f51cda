package io.synchronik.it.servers.app.access;

import io.synchronik.item.ItemPolicy;
import io.synchronik.item.ManualItems;
import io.synchronik.worker.Worker;

/** Letters that people sign. */
@Worker(id = "letters")
public class Letters implements ManualItems<Letters.Letter> {
  /** A payload. */
  public record Letter(int number, String to) {}

  @Override
  public ItemPolicy policy() {
    return ItemPolicy.continueOnFailure();
  }
}
