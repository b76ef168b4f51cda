package io.synchronik.it.serverless;

import io.synchronik.event.ItemChanged;
import io.synchronik.event.Milestone;
import io.synchronik.event.MilestoneId;
import io.synchronik.event.SynchronikEvent;
import io.synchronik.it.testkit.Database;
import io.synchronik.it.testkit.Node;
import io.synchronik.it.testkit.Probe;
import io.synchronik.item.ItemContext;
import io.synchronik.item.ItemPolicy;
import io.synchronik.item.ItemSource;
import io.synchronik.item.ItemWork;
import io.synchronik.item.Items;
import io.synchronik.worker.RunContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.ObservesAsync;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Scanner;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/**
 * A node in a JVM of its own with little memory, whose observers return when they are told to. It
 * writes how much memory it uses, and what they were told.
 */
final class FarBehind {
  static final String MILESTONE = "far";
  private static final int DEPTH = 150;
  private static final CountDownLatch GO = new CountDownLatch(1);

  private FarBehind() {}

  /** Counts what comes in order; anything else is what it is not to be. */
  private static final class Teller {
    private final AtomicInteger told = new AtomicInteger();
    private final AtomicInteger wrong = new AtomicInteger();

    private void tell(int number) throws InterruptedException {
      GO.await();
      if (!told.compareAndSet(number, number + 1)) {
        wrong.incrementAndGet();
      }
    }

    private String standing() {
      return told + "/" + wrong;
    }
  }

  private static final Teller LATER = new Teller();
  private static final Teller AT_ONCE = new Teller();
  private static final AtomicInteger FAILED = new AtomicInteger();

  @ApplicationScoped
  static class Observer {
    void later(@ObservesAsync @MilestoneId(MILESTONE) Milestone far) throws InterruptedException {
      LATER.tell(number(far));
    }
  }

  static String payload(int number) {
    return "#%07d %s".formatted(number, "x".repeat(8000));
  }

  private static int number(Milestone far) {
    return Integer.parseInt(far.payload(String.class).substring(1, 8));
  }

  private static void subscribed(SynchronikEvent event) {
    try {
      if (event instanceof Milestone far && far.milestoneId().equals(MILESTONE)) {
        AT_ONCE.tell(number(far));
      } else if (event instanceof ItemChanged) {
        GO.await();
        FAILED.incrementAndGet();
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** All fail, with as long a stack trace as is kept. */
  private static final class Falls implements ItemWork<Integer, Integer> {
    private final int items;

    Falls(int items) {
      this.items = items;
    }

    @Override
    public void enumerate(Items<Integer> all, RunContext run) {
      IntStream.range(0, items).forEach(all::add);
    }

    @Override
    public Integer process(Integer number, ItemContext item) {
      return fall(DEPTH);
    }

    private static int fall(int depth) {
      return depth == 0 ? Integer.parseInt("x".repeat(1900)) : 1 + fall(depth - 1);
    }

    @Override
    public ItemPolicy policy() {
      return ItemPolicy.continueOnFailure();
    }
  }

  private static long used() {
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }

  /** Takes orders by lines, and answers each by one. */
  public static void main(String[] arguments) throws Exception {
    PrintStream out = System.out;
    Scanner in = new Scanner(System.in, StandardCharsets.UTF_8);
    int failing = Integer.parseInt(arguments[1]);
    try (Database database = Database.createdElsewhere(arguments[0]);
        Node node =
            Node.on(database)
                .setting("synchronik.loop-interval", "100ms")
                .setting("synchronik.stop-grace", "50ms")
                .setting("synchronik.workers", "2")
                .connections(15)
                .beans(Observer.class)
                .start()) {
      node.manager().subscribeToEvents(FarBehind::subscribed);
      node.manager().registerUnit(ItemSource.worker("falls", Integer.class, new Falls(failing)));
      System.gc();
      out.println(used());
      while (in.hasNextLine()) {
        String[] order = in.nextLine().split(" ", -1);
        switch (order[0]) {
          case "fall" -> node.manager().runWorkerById("falls").join(Probe.PATIENCE);
          case "emit" -> {
            for (int i = Integer.parseInt(order[1]); i < Integer.parseInt(order[2]); i++) {
              node.manager().emitMilestone(MILESTONE, payload(i));
            }
          }
          case "go" -> GO.countDown();
          case "collect" -> System.gc();
          default -> {}
        }
        out.println(
            used() + " " + AT_ONCE.standing() + " " + LATER.standing() + " " + FAILED.get());
      }
    }
  }
}
