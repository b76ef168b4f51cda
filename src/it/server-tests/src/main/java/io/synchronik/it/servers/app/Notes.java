package io.synchronik.it.servers.app;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** What the application's beans saw, in order. */
@ApplicationScoped
public class Notes {
  private final Queue<String> lines = new ConcurrentLinkedQueue<>();

  public void add(String line) {
    lines.add(line);
  }

  public List<String> all() {
    return List.copyOf(lines);
  }
}
