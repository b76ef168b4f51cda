package io.synchronik.it.servers.app.orders;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.util.List;

/** Uses the application's only persistence unit without naming it. */
@ApplicationScoped
@Transactional
public class Orders {
  @PersistenceContext EntityManager entities;

  public void add(String number) {
    entities.persist(new PlacedOrder(number));
    entities.flush();
  }

  public List<String> numbers() {
    return entities
        .createQuery("select o.number from PlacedOrder o order by o.number", String.class)
        .getResultList();
  }
}
