package io.synchronik.impl.journal;

import io.synchronik.event.SynchronikEvent;

/** Where announced events go besides subscribers: the observers of the application. */
@FunctionalInterface
public interface EventSink {
  /** Announces an event on the calling thread; observers that throw are logged and stop nobody. */
  void announce(SynchronikEvent event);
}
