package io.synchronik.it.servers.app.first;

import io.synchronik.worker.Worker;

/** No bean, as nothing says that it is one. */
public class Unscoped {
  @Worker(id = "unscoped")
  public void work() {}
}
