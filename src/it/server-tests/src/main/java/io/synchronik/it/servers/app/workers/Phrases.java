package io.synchronik.it.servers.app.workers;

import jakarta.enterprise.context.ApplicationScoped;
import org.jspecify.annotations.Nullable;

@ApplicationScoped
public class Phrases {
  public String hello(@Nullable String whom) {
    return "Hello " + whom;
  }
}
