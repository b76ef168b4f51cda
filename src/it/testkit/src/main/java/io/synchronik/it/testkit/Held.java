package io.synchronik.it.testkit;

import io.synchronik.worker.RunContext;
import io.synchronik.worker.Work;
import java.util.concurrent.Semaphore;

/** Work that tells when an attempt begins, and goes on when the test lets it. */
public final class Held implements Work<Integer> {
  /** The attempts that have begun. */
  public final Probe<RunContext> begun = new Probe<>();

  /** The attempts whose wait an interrupt has ended. */
  public final Probe<RunContext> interrupted = new Probe<>();

  private final boolean deaf;
  private final Semaphore permits = new Semaphore(0);

  private Held(boolean deaf) {
    this.deaf = deaf;
  }

  /** Returns work that ends when it is interrupted. */
  public static Held interruptibly() {
    return new Held(false);
  }

  /** Returns work that no interrupt ends. */
  public static Held deaf() {
    return new Held(true);
  }

  @Override
  public Integer run(RunContext run) throws InterruptedException {
    begun.accept(run);
    if (deaf) {
      permits.acquireUninterruptibly();
      Thread.interrupted();
    } else {
      try {
        permits.acquire();
      } catch (InterruptedException e) {
        interrupted.accept(run);
        throw e;
      }
    }
    return run.attempt();
  }

  /** Waits until another attempt has begun. */
  public RunContext awaitBegun() {
    return begun.awaitNext(run -> true);
  }

  /** Lets one attempt go on. */
  public void letGo() {
    permits.release();
  }

  /** Takes back permissions that no attempt has used. */
  public void forgetPermits() {
    permits.drainPermits();
  }

  /** Lets all attempts go on, those to come too. */
  public void letAllGo() {
    permits.release(1_000_000);
  }
}
