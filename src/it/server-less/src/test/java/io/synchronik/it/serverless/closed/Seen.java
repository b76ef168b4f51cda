package io.synchronik.it.serverless.closed;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** What happened. */
public class Seen {
  private static final long PATIENCE_MILLIS = TimeUnit.MINUTES.toMillis(2);

  private final Set<String> all = new LinkedHashSet<>();

  synchronized void add(String what) {
    all.add(what);
    notifyAll();
  }

  synchronized List<String> all() {
    return List.copyOf(all);
  }

  synchronized void await(String... what) throws InterruptedException {
    List<String> awaited = List.of(what);
    long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PATIENCE_MILLIS);
    while (!all.containsAll(awaited)) {
      long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
      if (left <= 0) {
        List<String> missing = new ArrayList<>(awaited);
        missing.removeAll(all);
        throw new AssertionError("Missing " + missing + " in " + all);
      }
      wait(left);
    }
  }
}
