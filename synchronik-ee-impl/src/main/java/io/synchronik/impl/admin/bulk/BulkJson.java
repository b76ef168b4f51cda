package io.synchronik.impl.admin.bulk;

import io.synchronik.bulk.BulkFilter;
import io.synchronik.bulk.BulkView;
import io.synchronik.impl.admin.json.Answer;
import io.synchronik.impl.admin.json.EnumText;
import io.synchronik.impl.admin.json.Sight;
import io.synchronik.run.ItemId;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Something that is done to many. */
@Schema(name = "Bulk")
record BulkJson(
    String id,
    @Schema(enumeration = {"retry", "cancel", "pause", "resume", "enable", "disable"})
        String action,
    @Schema(enumeration = {"runs", "items", "units"}) String over,
    FilterJson filter,
    @Schema(enumeration = {"running", "done", "canceled", "failed"}) String state,
    ProgressJson progress,
    @Nullable @Schema(description = "absent for code in whose thread nobody is logged in")
        String by,
    @Nullable @Schema(description = "why, as was said") String reason,
    Instant askedAt,
    @Nullable Instant endedAt,
    @Nullable @Schema(description = "who wants it to end before it is done") String canceledBy)
    implements Answer {

  /** To whom it is done. */
  @Schema(name = "BulkFilter")
  record FilterJson(
      @Nullable @Schema(description = "of items") String run,
      @Nullable @Schema(description = "of runs and items") String unit,
      @Nullable @Schema(description = "of runs") List<String> states,
      @Nullable @Schema(description = "of failures of runs and items") String group,
      @Nullable @Schema(description = "part of failures of items") String failure,
      @Nullable @Schema(description = "those that were named") List<String> ids,
      @Nullable @Schema(description = "of runs") Instant from,
      @Nullable @Schema(description = "of runs") Instant to,
      @Nullable @Schema(description = "of units") String kind,
      @Nullable @Schema(description = "of units") List<String> statuses,
      @Nullable @Schema(description = "part of id, name or description of units") String q) {}

  /** How far it has come. */
  @Schema(name = "BulkProgress")
  record ProgressJson(
      @Schema(description = "how many were meant when it was asked for") long expected,
      long done,
      @Schema(description = "how many had changed before their turn") long skipped,
      @Schema(description = "how many it could not be done to") long failed,
      @Schema(description = "how many somebody held in their turn: they come last") long held,
      @Nullable @Schema(description = "why it could not be done to the last of those that failed")
          String failure) {}

  /** Some of them. */
  @Schema(name = "BulkList")
  record ListJson(
      @Schema(description = "newest first") List<BulkJson> items,
      @Nullable @Schema(description = "'before' of the following page; absent on the last")
          String next)
      implements Answer {}

  /** How many there are. */
  @Schema(name = "BulkCount")
  record CountJson(long count) implements Answer {}

  static BulkJson of(BulkView bulk, Sight sight) {
    BulkView.Progress progress = bulk.progress();
    BulkView.End end = bulk.end();
    return new BulkJson(
        bulk.id(),
        EnumText.write(bulk.action()),
        over(bulk.filter()),
        filter(bulk.filter()),
        EnumText.write(bulk.state()),
        new ProgressJson(
            progress.expected(),
            progress.done(),
            progress.skipped(),
            progress.failed(),
            progress.held(),
            sight.payloads() ? progress.failure() : null),
        bulk.asked().by(),
        bulk.asked().reason(),
        bulk.asked().at(),
        end == null ? null : end.at(),
        end == null ? null : end.canceledBy());
  }

  private static String over(BulkFilter filter) {
    if (filter instanceof BulkFilter.Runs) {
      return "runs";
    }
    return filter instanceof BulkFilter.Items ? "items" : "units";
  }

  private static FilterJson filter(BulkFilter filter) {
    if (filter instanceof BulkFilter.Runs runs) {
      return new FilterJson(
          null,
          runs.unit(),
          words(runs.states()),
          runs.group(),
          null,
          ids(runs.ids().stream()),
          runs.from(),
          runs.to(),
          null,
          null,
          null);
    }
    if (filter instanceof BulkFilter.Items items) {
      return new FilterJson(
          items.run(),
          items.unit(),
          null,
          items.group(),
          items.failure(),
          ids(items.ids().stream().map(ItemId::toString)),
          null,
          null,
          null,
          null,
          null);
    }
    BulkFilter.Units units = (BulkFilter.Units) filter;
    return new FilterJson(
        null,
        null,
        null,
        null,
        null,
        ids(units.ids().stream()),
        null,
        null,
        units.kind() == null ? null : EnumText.write(units.kind()),
        words(units.statuses()),
        units.text());
  }

  private static @Nullable List<String> ids(Stream<String> ids) {
    List<String> sorted = ids.sorted().toList();
    return sorted.isEmpty() ? null : sorted;
  }

  private static @Nullable List<String> words(Collection<? extends Enum<?>> values) {
    return values.isEmpty() ? null : values.stream().<String>map(EnumText::write).sorted().toList();
  }
}
