package io.synchronik.impl.tell;

import io.synchronik.event.SynchronikEvent;
import io.synchronik.impl.tx.UserCode;

/** Where announced events go besides subscribers: the observers of the application. */
public interface EventSink {
  /**
   * Announces an event on the calling thread.
   *
   * @param code the boundary around each observer
   */
  void announce(SynchronikEvent event, UserCode code);

  /** Tells whether asynchronous observers ask for an event; no code of the application. */
  boolean isObservedLater(SynchronikEvent event);

  /** Announces an event to asynchronous observers on the calling thread, one after the other. */
  void announceLater(SynchronikEvent event, UserCode code);
}
