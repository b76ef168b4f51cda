package io.synchronik.impl.cdi;

import io.synchronik.event.Milestone;
import io.synchronik.event.MilestoneId;
import io.synchronik.event.OfUnit;
import io.synchronik.event.SynchronikEvent;
import io.synchronik.impl.journal.EventSink;
import io.synchronik.impl.tx.UserCode;
import jakarta.enterprise.event.NotificationOptions;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.enterprise.inject.spi.EventContext;
import jakarta.enterprise.inject.spi.EventMetadata;
import jakarta.enterprise.inject.spi.InjectionPoint;
import jakarta.enterprise.inject.spi.ObserverMethod;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Tells announced events to CDI observers that ask for them. Each is called by itself, because one
 * that throws would end {@code Event.fire} for those after it, and in a request context of its own,
 * as asynchronous ones are by CDI.
 */
final class CdiEventSink implements EventSink {
  private static final int MOST_KNOWN = 10_000;

  private record Kind(Class<?> type, Set<Annotation> qualifiers) {}

  private record Observers(
      List<ObserverMethod<? super SynchronikEvent>> synchronous, boolean asynchronous) {}

  private record Told(SynchronikEvent getEvent, Set<Annotation> getQualifiers)
      implements EventContext<SynchronikEvent>, EventMetadata {
    @Override
    public EventMetadata getMetadata() {
      return this;
    }

    @Override
    public @Nullable InjectionPoint getInjectionPoint() {
      return null;
    }

    @Override
    public Type getType() {
      return getEvent.getClass();
    }
  }

  private final BeanManager beans;
  private final Executor async;
  private final Map<Kind, Observers> known = new ConcurrentHashMap<>();

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
  public void announce(SynchronikEvent event, UserCode code) {
    Set<Annotation> qualifiers = qualifiers(event);
    Observers observers = observers(event, qualifiers);
    for (ObserverMethod<? super SynchronikEvent> observer : observers.synchronous) {
      code.tell("An observer of " + event.type(), () -> notify(observer, event, qualifiers));
    }
    if (observers.asynchronous) {
      beans
          .getEvent()
          .select(qualifiers.toArray(new Annotation[0]))
          .fireAsync(event, NotificationOptions.ofExecutor(async))
          .whenComplete(
              (fired, failure) -> {
                if (failure != null) {
                  UserCode.warn("An observer of " + event.type() + " failed", failure);
                }
              });
    }
  }

  @SuppressWarnings("unchecked") // an observer of a supertype takes the event in its context
  private static void notify(
      ObserverMethod<? super SynchronikEvent> observer,
      SynchronikEvent event,
      Set<Annotation> qualifiers) {
    ((ObserverMethod<SynchronikEvent>) observer).notify(new Told(event, qualifiers));
  }

  private Observers observers(SynchronikEvent event, Set<Annotation> qualifiers) {
    if (known.size() > MOST_KNOWN) {
      known.clear();
    }
    return known.computeIfAbsent(
        new Kind(event.getClass(), qualifiers), kind -> resolve(event, qualifiers));
  }

  private Observers resolve(SynchronikEvent event, Set<Annotation> qualifiers) {
    Set<ObserverMethod<? super SynchronikEvent>> all =
        beans.resolveObserverMethods(event, qualifiers.toArray(new Annotation[0]));
    return new Observers(
        all.stream()
            .filter(observer -> !observer.isAsync())
            .sorted(Comparator.comparing(ObserverMethod::getPriority))
            .toList(),
        all.stream().anyMatch(ObserverMethod::isAsync));
  }

  private static Set<Annotation> qualifiers(SynchronikEvent event) {
    Set<Annotation> qualifiers = new HashSet<>();
    if (event.origin().unit() != null) {
      qualifiers.add(OfUnit.Literal.of(event.origin().unit().value()));
    }
    if (event instanceof Milestone milestone) {
      qualifiers.add(MilestoneId.Literal.of(milestone.milestoneId()));
    }
    return qualifiers;
  }
}
