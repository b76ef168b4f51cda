package io.synchronik.sample.ingestion;

import io.synchronik.run.RunId;
import io.synchronik.sample.catalogue.Film;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.List;

/** Films in the application's own table. */
@ApplicationScoped
class FilmStore {
  @PersistenceContext EntityManager entities;

  /** Inserts the film or replaces what is stored: doing it again changes nothing. */
  @Transactional
  Film store(Film film, RunId run) {
    entities.merge(new StoredFilm(film, run, Instant.now()));
    return film;
  }

  @Transactional
  List<StoredFilm.View> list() {
    return entities
        .createQuery("select f from StoredFilm f order by f.title", StoredFilm.class)
        .getResultStream()
        .map(StoredFilm::view)
        .toList();
  }
}
