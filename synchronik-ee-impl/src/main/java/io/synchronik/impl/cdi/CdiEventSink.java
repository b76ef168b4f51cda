package io.synchronik.impl.cdi;

import io.synchronik.event.Milestone;
import io.synchronik.event.MilestoneId;
import io.synchronik.event.OfUnit;
import io.synchronik.event.SynchronikEvent;
import io.synchronik.impl.engine.EventSink;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.NotificationOptions;
import jakarta.enterprise.inject.spi.BeanManager;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.annotation.Annotation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;

/** Fires announced events as CDI events, with their qualifiers, when somebody observes them. */
final class CdiEventSink implements EventSink {
  private static final Logger LOG = System.getLogger(CdiEventSink.class.getName());
  private static final int MOST_KNOWN = 10_000;

  private record Kind(Class<?> type, List<Annotation> qualifiers) {}

  private final BeanManager beans;
  private final Executor async;
  private final Map<Kind, Boolean> observed = new ConcurrentHashMap<>();

  /**
   * Creates the sink.
   *
   * @param async runs asynchronous observers inside the application's context
   */
  CdiEventSink(BeanManager beans, Executor async) {
    this.beans = beans;
    this.async = async;
  }

  @Override
  public void announce(SynchronikEvent event) {
    Kind kind = new Kind(event.getClass(), qualifiers(event));
    if (!isObserved(kind, event)) {
      return;
    }
    Event<Object> selected = beans.getEvent().select(kind.qualifiers.toArray(new Annotation[0]));
    try {
      selected.fire(event);
    } catch (RuntimeException e) {
      LOG.log(Level.WARNING, "An observer of " + event.type() + " failed", e);
    }
    selected
        .fireAsync(event, NotificationOptions.ofExecutor(async))
        .whenComplete(
            (fired, failure) -> {
              if (failure != null) {
                LOG.log(Level.WARNING, "An observer of " + event.type() + " failed", failure);
              }
            });
  }

  private boolean isObserved(Kind kind, SynchronikEvent event) {
    if (observed.size() > MOST_KNOWN) {
      observed.clear();
    }
    return observed.computeIfAbsent(
        kind,
        unknown ->
            !beans
                .resolveObserverMethods(event, unknown.qualifiers.toArray(new Annotation[0]))
                .isEmpty());
  }

  private static List<Annotation> qualifiers(SynchronikEvent event) {
    List<Annotation> qualifiers = new ArrayList<>();
    if (event.origin().unit() != null) {
      qualifiers.add(OfUnit.Literal.of(event.origin().unit().value()));
    }
    if (event instanceof Milestone milestone) {
      qualifiers.add(MilestoneId.Literal.of(milestone.milestoneId()));
    }
    return qualifiers;
  }
}
