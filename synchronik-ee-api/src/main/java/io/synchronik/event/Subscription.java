package io.synchronik.event;

/** A subscription to events on this node. It lives until it is ended or the application stops. */
@FunctionalInterface
public interface Subscription extends AutoCloseable {
  /** Ends the subscription; events under way may still arrive. A second call does nothing. */
  void unsubscribe();

  /** The same as {@link #unsubscribe}. */
  @Override
  default void close() {
    unsubscribe();
  }
}
