package io.synchronik.it.servers.app;

import jakarta.enterprise.context.RequestScoped;

@RequestScoped
public class Request {
  public boolean isThere() {
    return true;
  }
}
