package io.synchronik.it.servers.app.first;

import io.synchronik.worker.Worker;
import jakarta.ejb.Singleton;

/** A session bean without an interface. */
@Singleton
public class PlainSession {
  @Worker(id = "no-interface")
  public String work() {
    return "worked";
  }
}
