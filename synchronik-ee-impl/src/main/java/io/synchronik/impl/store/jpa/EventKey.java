package io.synchronik.impl.store.jpa;

import java.io.Serializable;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The key of one of the events of a transaction; its id is both in one text. */
public final class EventKey implements Serializable {
  private static final long serialVersionUID = 1L;

  String app = "";
  String batch = "";
  int n;

  /** For the JPA provider. */
  public EventKey() {}

  EventKey(String app, String batch, int n) {
    this.app = app;
    this.batch = batch;
    this.n = n;
  }

  /** Returns the id of one of a batch's events. */
  public static String id(String batch, int n) {
    return batch + "-" + n;
  }

  /** Returns the batch of an event's id. */
  public static String batch(String id) {
    return id.substring(0, id.lastIndexOf('-'));
  }

  /** Returns which of its batch's events one is, by its id. */
  public static int n(String id) {
    return Integer.parseInt(id.substring(id.lastIndexOf('-') + 1));
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof EventKey key
        && app.equals(key.app)
        && batch.equals(key.batch)
        && n == key.n;
  }

  @Override
  public int hashCode() {
    return Objects.hash(app, batch, n);
  }
}
