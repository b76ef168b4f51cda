package io.synchronik.sample.ingestion;

import io.synchronik.run.RunId;
import io.synchronik.sample.catalogue.Film;
import io.synchronik.sample.database.InstantColumn;
import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;

/** A film as it was last ingested. */
@Entity
@Table(name = "sample_film")
public class StoredFilm {
  @Id private String id;

  @Column(nullable = false)
  private String title;

  @Column(name = "film_year", nullable = false)
  private int year;

  @Column(nullable = false)
  private String director;

  @Column(name = "stored_by", nullable = false)
  private String storedBy;

  @Convert(converter = InstantColumn.class)
  @Column(name = "stored_at", nullable = false)
  private Instant storedAt;

  protected StoredFilm() {}

  StoredFilm(Film film, RunId run, Instant now) {
    id = film.id();
    title = film.title();
    year = film.year();
    director = film.director();
    storedBy = run.value();
    storedAt = now;
  }

  /**
   * What is told about a stored film.
   *
   * @param film the film
   * @param storedBy id of the run that stored it last
   * @param storedAt when
   */
  public record View(Film film, String storedBy, Instant storedAt) {}

  View view() {
    return new View(new Film(id, title, year, director), storedBy, storedAt);
  }
}
