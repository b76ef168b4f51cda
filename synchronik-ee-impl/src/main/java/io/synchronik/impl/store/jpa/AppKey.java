package io.synchronik.impl.store.jpa;

import java.io.Serializable;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The key of what an application has by id. */
public final class AppKey implements Serializable {
  private static final long serialVersionUID = 1L;

  String app = "";
  String id = "";

  /** For the JPA provider. */
  public AppKey() {}

  public AppKey(String app, String id) {
    this.app = app;
    // PostgreSQL takes no NUL, not even to look for it
    this.id = id.replace('\0', '\uFFFD');
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof AppKey key && app.equals(key.app) && id.equals(key.id);
  }

  @Override
  public int hashCode() {
    return Objects.hash(app, id);
  }
}
