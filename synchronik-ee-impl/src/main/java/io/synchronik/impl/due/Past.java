package io.synchronik.impl.due;

import io.synchronik.impl.settings.ScheduleLine;
import io.synchronik.impl.store.unit.ScheduleChanges.Change;
import io.synchronik.schedule.Schedule;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What schedules a unit has had, as far as that is kept, in their order. */
public final class Past {
  /**
   * How a schedule stood.
   *
   * @param from since when
   * @param to until when; null for now
   * @param expression all of it in one line; empty for none
   * @param enabled whether it was to run the unit
   */
  public record Span(Instant from, @Nullable Instant to, String expression, boolean enabled) {
    boolean contains(Instant time) {
      return !time.isBefore(from) && (to == null || time.isBefore(to));
    }

    @Nullable Schedule schedule() {
      return ScheduleLine.read(expression);
    }
  }

  private final List<Span> spans;

  private Past(List<Span> spans) {
    this.spans = spans;
  }

  /**
   * Puts changes in a row.
   *
   * @param latestFirst as they are kept
   * @param expression how the schedule stands now
   * @param enabled whether it is to run the unit now
   */
  static Past of(List<Change> latestFirst, String expression, boolean enabled) {
    List<Span> spans = new ArrayList<>();
    Instant to = null;
    for (Change change : latestFirst) {
      // A node of another version may have changed it and not said so
      boolean known = to != null || isSo(change, expression, enabled);
      if (known) {
        spans.add(new Span(change.at(), to, change.expression(), change.enabled()));
      }
      to = change.at();
    }
    Collections.reverse(spans);
    return new Past(spans);
  }

  private static boolean isSo(Change change, String expression, boolean enabled) {
    return change.expression().equals(expression) && change.enabled() == enabled;
  }

  List<Span> spans() {
    return spans;
  }

  /** Returns since when all is known up to now; null when it is not. */
  @Nullable Instant knownFrom() {
    boolean toNow = !spans.isEmpty() && spans.get(spans.size() - 1).to == null;
    return toNow ? spans.get(0).from : null;
  }

  /** Returns how it stood at a time; null when that is not known. */
  @Nullable Span at(Instant time) {
    return spans.stream().filter(span -> span.contains(time)).findFirst().orElse(null);
  }
}
