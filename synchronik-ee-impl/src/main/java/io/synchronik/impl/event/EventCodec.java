package io.synchronik.impl.event;

import io.synchronik.event.EventOrigin;
import io.synchronik.event.EventType;
import io.synchronik.event.ItemChanged;
import io.synchronik.event.ItemsReset;
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
import io.synchronik.run.Cause;
import io.synchronik.run.Failure;
import io.synchronik.run.ItemId;
import io.synchronik.run.RunId;
import io.synchronik.schedule.Misfire;
import io.synchronik.unit.UnitId;
import io.synchronik.unit.UnitStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Events to and from their rows. Values that are JSON themselves are kept as texts. */
public final class EventCodec {
  private final Json json;

  public EventCodec(Json json) {
    this.json = json;
  }

  public EventStore.Stored write(SynchronikEvent event) {
    EventOrigin origin = event.origin();
    UnitId unit = origin.unit();
    RunId run = origin.run();
    return new EventStore.Stored(
        origin.eventId(),
        origin.at(),
        event.type().name().toLowerCase(Locale.ROOT),
        unit == null ? null : unit.value(),
        run == null ? null : run.value(),
        json.writeMap(data(event)));
  }

  private static Map<String, @Nullable Object> data(SynchronikEvent event) {
    Map<String, @Nullable Object> data = new LinkedHashMap<>();
    if (event instanceof UnitStarted started) {
      data.put("cause", started.cause().name());
    } else if (event instanceof UnitCompleted completed) {
      data.put("cause", completed.cause().name());
      data.put("durationMs", completed.duration().toMillis());
      data.put("result", completed.result().json());
    } else if (event instanceof UnitFailed failed) {
      data.put("cause", failed.cause().name());
      data.put("attempts", failed.attempts());
      put(data, failed.failure());
    } else if (event instanceof UnitUpdated updated) {
      data.put("reason", updated.reason().name());
      data.put("status", updated.status().name());
    } else if (event instanceof UnitSkipped skipped) {
      data.put("cause", skipped.cause().name());
      data.put("reason", skipped.reason());
    } else if (event instanceof UnitCancelled cancelled) {
      data.put("reason", cancelled.reason());
    } else if (event instanceof UnitRetried retried) {
      data.put("attempt", retried.attempt());
      data.put("nextAttemptAt", retried.nextAttemptAt().toString());
      put(data, retried.failure());
    } else if (event instanceof UnitMisfired misfired) {
      data.put("scheduledAt", misfired.scheduledAt().toString());
      data.put("missed", misfired.missed());
      data.put("policy", misfired.policy().name());
    } else if (event instanceof ItemChanged item) {
      data.put("item", item.item().toString());
      data.put("change", item.change().name());
      data.put("attempt", item.attempt());
      if (item.failure() != null) {
        put(data, item.failure());
      }
    } else if (event instanceof ItemsReset reset) {
      data.put("items", reset.items());
      data.put("failure", reset.failure());
      data.put("group", reset.group());
    } else if (event instanceof Milestone milestone) {
      data.put("id", milestone.milestoneId());
      data.put("payload", milestone.content().json());
    }
    return data;
  }

  private static void put(Map<String, @Nullable Object> data, Failure failure) {
    data.put("errorType", failure.type());
    data.put("error", failure.message());
    data.put("trace", failure.stackTrace());
  }

  public SynchronikEvent read(EventStore.Placed placed) {
    EventStore.Stored stored = placed.event();
    String unit = stored.unit();
    String run = stored.run();
    EventOrigin origin =
        new EventOrigin(
            stored.id(),
            stored.at(),
            placed.node(),
            unit == null ? null : new UnitId(unit),
            run == null ? null : new RunId(run));
    Data data = new Data(json.readMap(stored.data()));
    return switch (EventType.valueOf(stored.type().toUpperCase(Locale.ROOT))) {
      case START -> new UnitStarted(origin, data.constant(Cause.class, "cause"));
      case COMPLETE ->
          new UnitCompleted(
              origin,
              data.constant(Cause.class, "cause"),
              Duration.ofMillis(data.number("durationMs")),
              json.payload(data.textOrNull("result")));
      case ERROR ->
          new UnitFailed(
              origin,
              data.constant(Cause.class, "cause"),
              (int) data.number("attempts"),
              data.failure());
      case UPDATED ->
          new UnitUpdated(
              origin,
              data.constant(UpdateReason.class, "reason"),
              data.constant(UnitStatus.class, "status"));
      case SKIP ->
          new UnitSkipped(origin, data.constant(Cause.class, "cause"), data.text("reason"));
      case CANCEL -> new UnitCancelled(origin, data.text("reason"));
      case RETRY ->
          new UnitRetried(
              origin,
              (int) data.number("attempt"),
              Instant.parse(data.text("nextAttemptAt")),
              data.failure());
      case MISFIRE ->
          new UnitMisfired(
              origin,
              Instant.parse(data.text("scheduledAt")),
              (int) data.number("missed"),
              data.constant(Misfire.class, "policy"));
      case ITEM -> item(origin, data);
      case MILESTONE ->
          new Milestone(origin, data.text("id"), json.payload(data.textOrNull("payload")));
    };
  }

  private static SynchronikEvent item(EventOrigin origin, Data data) {
    String item = data.textOrNull("item");
    return item == null
        ? new ItemsReset(
            origin, data.number("items"), data.textOrNull("failure"), data.textOrNull("group"))
        : new ItemChanged(
            origin,
            ItemId.of(item),
            data.constant(ItemChanged.Change.class, "change"),
            (int) data.number("attempt"),
            data.textOrNull("errorType") == null ? null : data.failure());
  }

  private record Data(Map<String, Object> values) {
    String text(String name) {
      return String.valueOf(values.get(name));
    }

    @Nullable String textOrNull(String name) {
      Object value = values.get(name);
      return value == null ? null : value.toString();
    }

    long number(String name) {
      return values.get(name) instanceof Number number ? number.longValue() : 0;
    }

    <E extends Enum<E>> E constant(Class<E> type, String name) {
      return Enum.valueOf(type, text(name));
    }

    Failure failure() {
      return new Failure(text("errorType"), text("error"), text("trace"), null);
    }
  }
}
