package io.synchronik.monitor;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What somebody did, written down in the transaction that made it true.
 *
 * @param id of the entry; later ones have larger ids
 * @param at when
 * @param who did it
 * @param what was done
 * @param reason why, as somebody said who asked over HTTP; null when nothing was said
 */
public record AuditEntry(String id, Instant at, Who who, What what, @Nullable String reason) {
  /** Reasons have at most so many characters. */
  public static final int LONGEST_REASON = 500;

  /**
   * Who did it.
   *
   * @param by name of the caller; null for code in whose thread nobody is logged in
   * @param address from where it was asked for over HTTP, as the server tells; null for code
   */
  public record Who(@Nullable String by, @Nullable String address) {}

  /**
   * What was done.
   *
   * @param action such as {@code pause}, {@code cancel} or {@code configure}
   * @param kind of the target: {@code unit}, {@code run}, {@code item}, {@code pool}, {@code task},
   *     {@code milestone}, {@code engine}, {@code node} or {@code bulk}
   * @param target its id or name; of a task that of its pool, a slash and its id
   * @param before what was changed, as it was before; null where there is nothing to say
   * @param after what it has become: settings as JSON, the id of a new run, how many; null where
   *     there is nothing to say
   */
  public record What(
      String action, String kind, String target, @Nullable String before, @Nullable String after) {}
}
