package io.synchronik.monitor;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Why something is where it is: what the engine asks before it goes on with it, in its order, and
 * what the answers are at one moment.
 *
 * @param about what is asked about, such as {@code run 01M8…}
 * @param at the database's time of the answers
 * @param checks in the order of the engine; never empty
 */
public record Why(String about, Instant at, List<Check> checks) {
  public Why {
    checks = List.copyOf(checks);
  }

  /**
   * Returns what ended it, or what it waits for: the first answer that is {@link Answer#UNMET},
   * without one of these the first that is {@link Answer#OPEN}. Empty when nothing stands against
   * it.
   */
  public Optional<Check> decisive() {
    return first(Answer.UNMET).or(() -> first(Answer.OPEN));
  }

  private Optional<Check> first(Answer answer) {
    return checks.stream().filter(check -> check.answer() == answer).findFirst();
  }

  /** An answer. */
  public enum Answer {
    /** It is so. */
    MET,
    /** It is not so, and somebody has to do something, or it never will be. */
    UNMET,
    /** It is not so yet: something that is on its way has to happen. */
    OPEN,
    /** It cannot be told, such as what only a node that is away knows. */
    UNKNOWN
  }

  /**
   * Something that the engine asks.
   *
   * @param code what is asked; stable, in lower case with hyphens, such as {@code not-paused}
   * @param answer the answer
   * @param text the answer in an English sentence
   * @param values what the text is made of, by name
   * @param since since when the answer is so; null when that is not known
   * @param link what the answer is about; null when it is about nothing else
   */
  public record Check(
      String code,
      Answer answer,
      String text,
      Map<String, String> values,
      @Nullable Instant since,
      @Nullable Link link) {
    public Check {
      values = Map.copyOf(values);
    }
  }

  /**
   * Something that an answer is about.
   *
   * @param kind {@code unit}, {@code run}, {@code step}, {@code pool} or {@code node}
   * @param id its id; of a step the run and the worker with a slash between
   */
  public record Link(String kind, String id) {}
}
