package io.synchronik.impl.cdi;

import io.synchronik.event.Milestone;
import io.synchronik.event.MilestoneId;
import io.synchronik.event.OfUnit;
import io.synchronik.event.SynchronikEvent;
import io.synchronik.impl.tell.EventSink;
import io.synchronik.impl.tx.UserCode;
import io.synchronik.unit.UnitId;
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
import org.jspecify.annotations.Nullable;

/**
 * Tells announced events to CDI observers that ask for them. Each is called by itself, because one
 * that throws would end {@code Event.fire} for those after it, and in a request context of its own,
 * as asynchronous ones are by CDI.
 */
final class CdiEventSink implements EventSink {
  private static final int MOST_KNOWN = 10_000;

  /**
   * Events that the same observers ask for. By texts: annotations are compared by reflection.
   *
   * @param type of event
   * @param unit that it is about
   * @param milestone its id
   */
  private record Kind(Class<?> type, @Nullable UnitId unit, @Nullable String milestone) {
    static Kind of(SynchronikEvent event) {
      return new Kind(
          event.getClass(),
          event.origin().unit(),
          event instanceof Milestone milestone ? milestone.milestoneId() : null);
    }

    Set<Annotation> qualifiers() {
      Set<Annotation> qualifiers = new HashSet<>();
      if (unit != null) {
        qualifiers.add(OfUnit.Literal.of(unit.value()));
      }
      if (milestone != null) {
        qualifiers.add(MilestoneId.Literal.of(milestone));
      }
      return qualifiers;
    }
  }

  private record Observers(
      Set<Annotation> qualifiers,
      List<ObserverMethod<? super SynchronikEvent>> synchronous,
      List<ObserverMethod<? super SynchronikEvent>> asynchronous) {}

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
  private final Map<Kind, Observers> known = new ConcurrentHashMap<>();

  CdiEventSink(BeanManager beans) {
    this.beans = beans;
  }

  @Override
  public void announce(SynchronikEvent event, UserCode code) {
    Observers observers = observers(event);
    tell(event, observers.qualifiers, observers.synchronous, code);
  }

  @Override
  public boolean isObservedLater(SynchronikEvent event) {
    try {
      return !observers(event).asynchronous.isEmpty();
    } catch (RuntimeException | Error e) {
      // The container shuts down: they are asked in the next life
      return true;
    }
  }

  @Override
  public void announceLater(SynchronikEvent event, UserCode code) {
    Observers observers = observers(event);
    tell(event, observers.qualifiers, observers.asynchronous, code);
  }

  private static void tell(
      SynchronikEvent event,
      Set<Annotation> qualifiers,
      List<ObserverMethod<? super SynchronikEvent>> observers,
      UserCode code) {
    for (ObserverMethod<? super SynchronikEvent> observer : observers) {
      code.tell("An observer of " + event.type(), () -> notify(observer, event, qualifiers));
    }
  }

  @SuppressWarnings("unchecked") // an observer of a supertype takes the event in its context
  private static void notify(
      ObserverMethod<? super SynchronikEvent> observer,
      SynchronikEvent event,
      Set<Annotation> qualifiers) {
    ((ObserverMethod<SynchronikEvent>) observer).notify(new Told(event, qualifiers));
  }

  private Observers observers(SynchronikEvent event) {
    Kind kind = Kind.of(event);
    Observers present = known.get(kind);
    return present == null ? resolved(kind, event) : present;
  }

  private Observers resolved(Kind kind, SynchronikEvent event) {
    if (known.size() > MOST_KNOWN) {
      known.clear();
    }
    return known.computeIfAbsent(kind, made -> resolve(event, made.qualifiers()));
  }

  private Observers resolve(SynchronikEvent event, Set<Annotation> qualifiers) {
    Set<ObserverMethod<? super SynchronikEvent>> all =
        beans.resolveObserverMethods(event, qualifiers.toArray(new Annotation[0]));
    return new Observers(
        qualifiers,
        all.stream()
            .filter(observer -> !observer.isAsync())
            .sorted(Comparator.comparing(ObserverMethod::getPriority))
            .toList(),
        all.stream().filter(ObserverMethod::isAsync).toList());
  }
}
