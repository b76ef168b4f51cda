package io.synchronik.it.servers.app.second;

import io.synchronik.worker.Worker;
import jakarta.enterprise.context.ApplicationScoped;

/** A bean by its scope. */
@ApplicationScoped
public class Scoped {
  @Worker(id = "scoped")
  String work() {
    return "scoped";
  }
}
