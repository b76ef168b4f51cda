package io.synchronik.impl.cdi.platform;

import jakarta.enterprise.concurrent.ContextService;
import java.util.Deque;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Executor;

/**
 * The application's context for many threads at once. On Payara a captured context carries the
 * transaction of the thread that runs inside it: two threads in the same one work in each other's
 * transactions, silently. So each captured context serves one thread at a time.
 */
final class ContextPool implements Executor {
  private final ContextService service;
  private final Executor first;
  private final Deque<Executor> free = new ConcurrentLinkedDeque<>();

  /** Captures the calling thread's context: the application's, at its start. */
  ContextPool(ContextService service) {
    this.service = service;
    first = service.currentContextExecutor();
  }

  @Override
  public void execute(Runnable task) {
    Executor taken = free.poll();
    Executor context = taken == null ? capture() : taken;
    try {
      context.execute(task);
    } finally {
      free.push(context);
    }
  }

  private synchronized Executor capture() {
    Executor[] captured = {first};
    first.execute(() -> captured[0] = service.currentContextExecutor());
    return captured[0];
  }
}
