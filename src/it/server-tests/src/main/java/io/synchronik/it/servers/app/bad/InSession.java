package io.synchronik.it.servers.app.bad;

import io.synchronik.worker.Worker;
import jakarta.enterprise.context.SessionScoped;
import java.io.Serializable;

@SessionScoped
public class InSession implements Serializable {
  private static final long serialVersionUID = 1L;

  @Worker(id = "in-session")
  void work() {}
}
