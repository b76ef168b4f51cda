package io.synchronik.impl.journal;

import io.synchronik.event.SynchronikEvent;
import io.synchronik.impl.tx.UserCode;

/** Where announced events go besides subscribers: the observers of the application. */
@FunctionalInterface
public interface EventSink {
  /**
   * Announces an event on the calling thread.
   *
   * @param code the boundary around each observer
   */
  void announce(SynchronikEvent event, UserCode code);
}
