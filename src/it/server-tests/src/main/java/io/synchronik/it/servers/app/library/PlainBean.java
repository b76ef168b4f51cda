package io.synchronik.it.servers.app.library;

import io.synchronik.worker.Worker;

/** A bean only because its jar's beans.xml says so. */
public class PlainBean {
  @Worker(id = "in-marked-library")
  public String work() {
    return "done in a marked library";
  }
}
