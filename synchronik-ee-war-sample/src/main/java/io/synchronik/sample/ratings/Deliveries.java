package io.synchronik.sample.ratings;

import io.synchronik.worker.RunContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.List;

/** Deliveries in the application's own table. */
@ApplicationScoped
class Deliveries {
  private static final int SHOWN = 20;

  @PersistenceContext EntityManager entities;

  @Transactional
  long count() {
    return entities.createQuery("select count(d) from Delivery d", Long.class).getSingleResult();
  }

  @Transactional
  void store(RunContext run, Extract extract, Delivery.Outcome outcome, List<String> problems) {
    entities.persist(new Delivery(run.run(), extract, outcome, problems, Instant.now()));
  }

  /** Returns the latest ones, newest first. */
  @Transactional
  List<Delivery.View> latest() {
    return entities
        .createQuery("select d from Delivery d order by d.storedAt desc", Delivery.class)
        .setMaxResults(SHOWN)
        .getResultStream()
        .map(Delivery::view)
        .toList();
  }
}
