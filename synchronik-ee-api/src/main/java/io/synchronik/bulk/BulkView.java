package io.synchronik.bulk;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A bulk action as the database has it.
 *
 * @param id its id; later ones have larger ids
 * @param action what is done
 * @param filter to whom
 * @param state where it stands
 * @param progress how far it has come
 * @param asked who asked for it
 * @param end how it ended, or is to end; null while nobody has said so
 */
public record BulkView(
    String id,
    BulkAction action,
    BulkFilter filter,
    BulkState state,
    Progress progress,
    Asked asked,
    @Nullable End end) {

  /**
   * How far it has come, as of the last bite.
   *
   * @param expected how many were meant when it was asked for
   * @param done to how many it was done
   * @param skipped how many had changed before their turn, so that there was nothing to do
   * @param failed how many it could not be done to
   * @param held how many others held in their turn: they have another one at the end
   * @param failure why it could not be done to the last of those that failed; null when it could
   */
  public record Progress(
      long expected, long done, long skipped, long failed, long held, @Nullable String failure) {}

  /**
   * Who asked for it.
   *
   * @param by name of the caller; null for code in whose thread nobody is logged in
   * @param reason why; null when it was not said
   * @param at when
   */
  public record Asked(@Nullable String by, @Nullable String reason, Instant at) {}

  /**
   * How it ended.
   *
   * @param at when; null while a bite is still going on
   * @param canceledBy who ended it before it was done; null when nobody did
   */
  public record End(@Nullable Instant at, @Nullable String canceledBy) {}
}
