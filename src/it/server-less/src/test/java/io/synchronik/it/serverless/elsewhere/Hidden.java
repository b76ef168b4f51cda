package io.synchronik.it.serverless.elsewhere;

import io.synchronik.worker.Worker;

/** Methods that subclasses in other packages inherit and cannot override. */
public class Hidden {
  @Worker(id = "hidden")
  String hidden() {
    return "done";
  }
}
