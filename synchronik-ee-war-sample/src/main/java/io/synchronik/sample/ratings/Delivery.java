package io.synchronik.sample.ratings;

import io.synchronik.run.RunId;
import io.synchronik.sample.database.InstantColumn;
import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.List;

/** What became of a delivery. */
@Entity
@Table(name = "sample_delivery")
public class Delivery {
  private static final int LONGEST_TEXT = 2000;

  /** What can become of it. */
  public enum Outcome {
    /** It had no errors. */
    PUBLISHED,
    /** It waits for somebody to look at it. */
    QUARANTINED
  }

  @Id private String run;

  @Column(name = "file_name", nullable = false)
  private String file;

  @Enumerated(EnumType.STRING)
  @Column(nullable = false)
  private Outcome outcome;

  @Column(name = "line_count", nullable = false)
  private int lines;

  /** One a line. */
  @Column(nullable = false)
  private String problems;

  @Convert(converter = InstantColumn.class)
  @Column(name = "stored_at", nullable = false)
  private Instant storedAt;

  protected Delivery() {}

  Delivery(RunId run, Extract extract, Outcome outcome, List<String> problems, Instant now) {
    this.run = run.value();
    file = extract.file();
    lines = extract.lines().size();
    this.outcome = outcome;
    String text = String.join("\n", problems);
    this.problems = text.substring(0, Math.min(text.length(), LONGEST_TEXT));
    storedAt = now;
  }

  /**
   * What is told about a delivery.
   *
   * @param run id of the run that stored it
   * @param file its name
   * @param outcome what became of it
   * @param lines how many it had
   * @param problems what was wrong with it
   * @param storedAt when
   */
  public record View(
      String run,
      String file,
      Outcome outcome,
      int lines,
      List<String> problems,
      Instant storedAt) {}

  View view() {
    return new View(run, file, outcome, lines, problems.lines().toList(), storedAt);
  }
}
