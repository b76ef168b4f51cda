package io.synchronik.it.servers.app.first;

import io.synchronik.worker.Worker;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Alternative;
import jakarta.enterprise.inject.Specializes;

/** Beans that others take the place of, or do not. */
public final class Alternatives {
  private Alternatives() {}

  /** Nobody selects it. */
  @Alternative
  @ApplicationScoped
  public static class Unselected {
    @Worker(id = "unselected")
    public void work() {}
  }

  /** Another one is in its place. */
  @ApplicationScoped
  public static class General {
    @Worker(id = "special")
    public String work() {
      return "general";
    }
  }

  /** The other one. */
  @Specializes
  @ApplicationScoped
  public static class Special extends General {
    @Override
    @Worker(id = "special")
    public String work() {
      return "special";
    }
  }
}
