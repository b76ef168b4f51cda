package io.synchronik.impl.admin.unit;

import io.synchronik.UnitView;
import io.synchronik.event.EventOrigin;
import io.synchronik.event.JournalEntry;
import io.synchronik.event.Milestone;
import io.synchronik.item.ItemRunView;
import io.synchronik.item.ItemState;
import io.synchronik.item.ItemStatistics;
import io.synchronik.item.ItemView;
import io.synchronik.process.FailurePolicy;
import io.synchronik.process.ProcessConfig;
import io.synchronik.process.ProcessGraph;
import io.synchronik.process.ProcessRunView;
import io.synchronik.process.RunMode;
import io.synchronik.process.RunOrder;
import io.synchronik.process.WorkerState;
import io.synchronik.run.Cause;
import io.synchronik.run.Failure;
import io.synchronik.run.ItemId;
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
public final class Samples {
  public static final Instant AT = Instant.parse("2030-01-31T08:00:00Z");

  private Samples() {}

  public record Json(String json) implements Payload {
    @Override
    public <T> T as(Class<T> type) {
      throw new UnsupportedOperationException();
    }
  }

  static UnitView unit(String id, UnitStatus status, Instant nextDue) {
    return new UnitView(
        new UnitView.Identity(
            new UnitId(id),
            UnitKind.WORKER,
            "Name of " + id,
            "What it does",
            "acme.Work",
            true,
            true),
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

  public static UnitView process(ProcessConfig config) {
    UnitView worker = unit("nightly", UnitStatus.IDLE, null);
    return new UnitView(
        new UnitView.Identity(
            worker.id(), UnitKind.PROCESS, "Nightly", "What it does", "acme.Nightly", true, false),
        worker.status(),
        worker.control(),
        config,
        worker.timing(),
        worker.statistics());
  }

  /** Validate failed, so that publish is skipped. */
  public static ProcessRunView failedProcessRun() {
    UnitId extract = new UnitId("extract");
    UnitId validate = new UnitId("validate");
    UnitId publish = new UnitId("publish");
    RunView run =
        new RunView(
            new RunId("01PROCESS"),
            new UnitId("nightly"),
            RunState.FAILED,
            new RunView.Origin(Cause.RETRY, null, "kari", new Json(null)),
            new RunView.Times(null, AT, null, AT, AT.plusMillis(900)),
            new RunView.Execution(1, "node-1", null, new Json(null), null, null));
    return new ProcessRunView(
        run,
        new ProcessGraph(
            RunOrder.of(RunMode.GRAPH),
            FailurePolicy.CONTINUE,
            List.of(extract, validate, publish),
            List.of(
                new ProcessGraph.Edge(extract, validate, false),
                new ProcessGraph.Edge(validate, publish, true))),
        List.of(
            new ProcessRunView.WorkerRun(
                extract,
                WorkerState.COMPLETED,
                null,
                new RunId("01EXTRACT"),
                new ProcessRunView.Execution(AT, AT.plusMillis(200), 1, null)),
            new ProcessRunView.WorkerRun(
                validate,
                WorkerState.FAILED,
                null,
                new RunId("01VALIDATE"),
                new ProcessRunView.Execution(AT.plusMillis(200), AT.plusMillis(900), 2, failure())),
            new ProcessRunView.WorkerRun(
                publish,
                WorkerState.SKIPPED,
                "validate failed",
                null,
                ProcessRunView.Execution.NONE)));
  }

  public static RunView failedRun() {
    return new RunView(
        new RunId("01RUN"),
        new UnitId("price-import"),
        RunState.FAILED,
        new RunView.Origin(Cause.MANUAL, null, "kari", new Json("{\"customer\":7}")),
        new RunView.Times(null, AT, null, AT, AT.plusMillis(1500)),
        new RunView.Execution(4, "node-1", new Progress(1, 4), new Json("[1]"), failure(), null));
  }

  public static ItemView failedItem() {
    return new ItemView(
        new ItemId(17, 4005),
        new RunId("01RUN"),
        ItemState.FAILED,
        new ItemView.Asked(new Json("{\"customer\":7}"), "customer-7", "account-7", 3),
        new ItemView.Times(null, AT.plusSeconds(60), AT, AT.plusMillis(40)),
        new ItemView.Execution(2, "node-1", new Json("[1]"), failure()));
  }

  public static ItemRunView itemRun() {
    return new ItemRunView(
        new RunId("01RUN"),
        new UnitId("generate-invoices"),
        RunState.RUNNING,
        true,
        new ItemStatistics(5, 2, 90, 3, 0),
        new ItemRunView.Pace(9.3, Duration.ofSeconds(10), AT),
        0);
  }

  public static Failure failure() {
    return new Failure("acme.FeedDown", "customer 7 is secret", "at acme.Feed", null);
  }

  static EventOrigin origin() {
    return new EventOrigin("01EVENT", AT, "node-1", new UnitId("price-import"), new RunId("01RUN"));
  }

  public static JournalEntry milestone(long position) {
    EventOrigin origin = new EventOrigin("01EVENT" + position, AT, "node-1", null, null);
    return new JournalEntry(position, new Milestone(origin, "prices-imported", new Json("7")));
  }
}
