package io.synchronik.it.serverless;

import io.synchronik.it.testkit.Node;
import io.synchronik.it.testkit.Probe;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Application code on a thread of its own that leaves its transaction open until it is closed. */
final class OpenCaller implements AutoCloseable {
  private final CountDownLatch goOn = new CountDownLatch(1);
  private final CompletableFuture<Void> open = new CompletableFuture<>();
  private final CompletableFuture<Void> ended = new CompletableFuture<>();

  private OpenCaller() {}

  /** Does something in a transaction; returns when it is done, with the transaction open. */
  static OpenCaller of(Node node, Node.Step step) {
    OpenCaller caller = new OpenCaller();
    Thread thread = new Thread(() -> caller.work(node, step), "open-caller");
    thread.setDaemon(true);
    thread.start();
    await(caller.open);
    return caller;
  }

  /** Does some things in one transaction; returns when they are done, with it open. */
  static OpenCaller of(Node node, List<Node.Step> steps) {
    return of(
        node,
        () -> {
          for (Node.Step step : steps) {
            step.run();
          }
        });
  }

  private void work(Node node, Node.Step step) {
    try {
      node.inTransaction(
          () -> {
            step.run();
            open.complete(null);
            goOn.await();
          });
      ended.complete(null);
    } catch (Throwable e) {
      open.completeExceptionally(e);
      ended.completeExceptionally(e);
    }
  }

  private static void await(CompletableFuture<Void> future) {
    try {
      future.get(Probe.PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw new AssertionError("The caller failed: " + e.getCause(), e.getCause());
    } catch (TimeoutException e) {
      throw new AssertionError("The caller did not come to it", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("Interrupted while waiting", e);
    }
  }

  /** Commits. */
  @Override
  public void close() {
    goOn.countDown();
    await(ended);
  }
}
