package io.synchronik.impl.tell;

import io.synchronik.event.Subscription;
import io.synchronik.event.SynchronikEvent;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** Who has subscribed to the events that this node announces; possible before the engine starts. */
public final class Subscribers {
  private final List<Consumer<SynchronikEvent>> listeners = new CopyOnWriteArrayList<>();

  /** Adds a listener until the subscription ends. */
  public Subscription add(Consumer<SynchronikEvent> listener) {
    listeners.add(listener);
    return () -> listeners.remove(listener);
  }

  List<Consumer<SynchronikEvent>> all() {
    return listeners;
  }
}
