package io.synchronik.impl.event;

import static org.assertj.core.api.Assertions.assertThat;

import com.arjuna.ats.jta.TransactionManager;
import io.synchronik.event.EventOrigin;
import io.synchronik.event.EventType;
import io.synchronik.event.ItemChanged;
import io.synchronik.event.Milestone;
import io.synchronik.event.SynchronikEvent;
import io.synchronik.event.UnitCancelled;
import io.synchronik.event.UnitCompleted;
import io.synchronik.event.UnitFailed;
import io.synchronik.event.UnitMisfired;
import io.synchronik.event.UnitRetried;
import io.synchronik.event.UnitSkipped;
import io.synchronik.event.UnitStarted;
import io.synchronik.event.UnitUpdated;
import io.synchronik.event.UpdateReason;
import io.synchronik.impl.store.event.EventStore;
import io.synchronik.impl.tx.Json;
import io.synchronik.impl.tx.UserCode;
import io.synchronik.run.Cause;
import io.synchronik.run.Failure;
import io.synchronik.run.ItemId;
import io.synchronik.run.RunId;
import io.synchronik.schedule.Misfire;
import io.synchronik.unit.UnitId;
import io.synchronik.unit.UnitStatus;
import jakarta.json.bind.JsonbBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Events come out of the journal as they went in. */
class EventCodecIT {
  private static final Json JSON =
      new Json(
          JsonbBuilder.create(),
          65_536,
          new UserCode(TransactionManager.transactionManager(), () -> () -> {}));
  private static final Instant NOON = Instant.parse("2026-11-21T12:00:00.123Z");
  private static final EventOrigin ORIGIN =
      new EventOrigin("01ARZ3NDEKTSV4RRFFQ69G5FAV-0", NOON, "a", new UnitId("u"), new RunId("r"));
  private static final EventOrigin BARE = new EventOrigin("01B-12", NOON, "a", null, null);
  private static final Failure FAILURE =
      new Failure("java.io.IOException", "no \"quotes\" \u2026", "at\n\tthere", null);

  static Stream<SynchronikEvent> events() {
    return Stream.of(
        new UnitStarted(ORIGIN, Cause.SCHEDULE),
        new UnitCompleted(
            ORIGIN, Cause.MANUAL, Duration.ofMillis(1234), JSON.payload("{\"films\":[1,2]}")),
        new UnitCompleted(ORIGIN, Cause.PROCESS, Duration.ZERO, JSON.payload(null)),
        new UnitFailed(ORIGIN, Cause.MANUAL, 3, FAILURE),
        new UnitUpdated(ORIGIN, UpdateReason.CONFIG_CHANGE, UnitStatus.PAUSED),
        new UnitSkipped(ORIGIN, Cause.SCHEDULE, "a run is in progress"),
        new UnitCancelled(ORIGIN, "cancelled by anna"),
        new UnitRetried(ORIGIN, 2, NOON.plusSeconds(3), FAILURE),
        new UnitMisfired(ORIGIN, NOON.minusSeconds(99), 7, Misfire.CATCH_UP),
        new ItemChanged(ORIGIN, new ItemId(17, 4005), ItemChanged.Change.FAILED, 3, FAILURE),
        new ItemChanged(ORIGIN, new ItemId(17, 4006), ItemChanged.Change.RESET, 0, null),
        new Milestone(ORIGIN, "half", JSON.payload("50")),
        new Milestone(BARE, "storage:loaded", JSON.payload(null)));
  }

  @ParameterizedTest
  @MethodSource("events")
  void eventComesOutAsItWentIn(SynchronikEvent event) {
    EventCodec codec = new EventCodec(JSON);
    EventStore.Stored stored = codec.write(event);

    SynchronikEvent read = codec.read(new EventStore.Placed(7, event.node(), stored));

    assertThat(read).usingRecursiveComparison().isEqualTo(event);
    assertThat(codec.write(read)).isEqualTo(stored);
  }

  @Test
  void allTypesAreAmongThem() {
    assertThat(events().map(SynchronikEvent::type).collect(Collectors.toSet()))
        .containsExactlyInAnyOrder(EventType.values());
  }
}
