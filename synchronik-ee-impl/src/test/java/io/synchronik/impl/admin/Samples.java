package io.synchronik.impl.admin;

import io.synchronik.UnitView;
import io.synchronik.event.EventOrigin;
import io.synchronik.event.JournalEntry;
import io.synchronik.event.Milestone;
import io.synchronik.run.Cause;
import io.synchronik.run.Failure;
import io.synchronik.run.Payload;
import io.synchronik.run.Progress;
import io.synchronik.run.RunId;
import io.synchronik.run.RunState;
import io.synchronik.run.RunView;
import io.synchronik.unit.UnitId;
import io.synchronik.unit.UnitKind;
import io.synchronik.unit.UnitStatistics;
import io.synchronik.unit.UnitStatus;
import io.synchronik.worker.WorkerConfig;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Units, runs and events to show. */
final class Samples {
  static final Instant AT = Instant.parse("2030-01-31T08:00:00Z");

  private Samples() {}

  record Json(String json) implements Payload {
    @Override
    public <T> T as(Class<T> type) {
      throw new UnsupportedOperationException();
    }
  }

  static UnitView unit(String id, UnitStatus status, Instant nextDue) {
    return new UnitView(
        new UnitView.Identity(
            new UnitId(id), UnitKind.WORKER, "Name of " + id, "What it does", "acme.Work", true),
        status,
        new UnitView.Control(true, null, null),
        WorkerConfig.DEFAULT.toBuilder().every(Duration.ofMinutes(15)).maxRetries(3).build(),
        new UnitView.Timing(
            nextDue, nextDue == null ? List.of() : List.of(nextDue), 0, null, null, null),
        new UnitStatistics(
            3,
            2,
            1,
            Duration.ofMillis(5),
            new UnitStatistics.Durations(
                Duration.ofMillis(2),
                Duration.ofMillis(3),
                List.of(Duration.ofMillis(3), Duration.ofMillis(2)))));
  }

  static RunView failedRun() {
    return new RunView(
        new RunId("01RUN"),
        new UnitId("price-import"),
        RunState.FAILED,
        new RunView.Origin(Cause.MANUAL, "kari", new Json("{\"customer\":7}")),
        new RunView.Times(null, AT, null, AT, AT.plusMillis(1500)),
        new RunView.Execution(4, "node-1", new Progress(1, 4), new Json("[1]"), failure(), null));
  }

  static Failure failure() {
    return new Failure("acme.FeedDown", "customer 7 is secret", "at acme.Feed", null);
  }

  static EventOrigin origin() {
    return new EventOrigin("01EVENT", AT, "node-1", new UnitId("price-import"), new RunId("01RUN"));
  }

  static JournalEntry milestone(long position) {
    EventOrigin origin = new EventOrigin("01EVENT" + position, AT, "node-1", null, null);
    return new JournalEntry(position, new Milestone(origin, "prices-imported", new Json("7")));
  }
}
