package io.synchronik.it.servers.app.bad;

import io.synchronik.worker.Worker;
import jakarta.enterprise.context.ApplicationScoped;

/** Two workers of one id, and one of none that can be. */
@ApplicationScoped
public class Twins {
  @Worker(id = "twin")
  void first() {}

  @Worker(id = "twin")
  void second() {}

  @Worker(id = "no spaces")
  void badId() {}
}
