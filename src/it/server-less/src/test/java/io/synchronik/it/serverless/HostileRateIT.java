package io.synchronik.it.serverless;

import static org.assertj.core.api.Assertions.assertThat;

import io.synchronik.RunQuery;
import io.synchronik.RunRequest;
import io.synchronik.event.Milestone;
import io.synchronik.event.MilestoneId;
import io.synchronik.event.UnitCompleted;
import io.synchronik.event.UnitStarted;
import io.synchronik.it.testkit.Await;
import io.synchronik.it.testkit.DatabaseKind;
import io.synchronik.it.testkit.Node;
import io.synchronik.it.testkit.NodeBuilder;
import io.synchronik.it.testkit.Probe;
import io.synchronik.item.ItemContext;
import io.synchronik.item.ItemDecision;
import io.synchronik.item.ItemNotice;
import io.synchronik.item.ItemPolicy;
import io.synchronik.item.ItemQuery;
import io.synchronik.item.ItemSource;
import io.synchronik.item.ItemWork;
import io.synchronik.item.Items;
import io.synchronik.item.NewItem;
import io.synchronik.pool.WorkerPool;
import io.synchronik.process.Process;
import io.synchronik.run.RunState;
import io.synchronik.run.RunView;
import io.synchronik.run.SynchronikException;
import io.synchronik.run.WrongStateException;
import io.synchronik.schedule.Overlap;
import io.synchronik.unit.UnitStatus;
import io.synchronik.worker.RunContext;
import io.synchronik.worker.Work;
import io.synchronik.worker.Worker;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.ObservesAsync;
import jakarta.inject.Inject;
import jakarta.transaction.TransactionManager;
import jakarta.transaction.Transactional;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Whatever application code does in transactions that stay open, and wherever it blocks or throws:
 * other units keep their rate, and all ends right after it. The property {@code
 * synchronik.it.programs} says how many random programs are tried.
 */
@ParameterizedClass
@EnumSource(DatabaseKind.class)
@SuppressWarnings("try")
class HostileRateIT extends SharedNode {
  private static final int PROGRAMS = Integer.getInteger("synchronik.it.programs", 4);
  private static final String AT_GATE = "at-gate";
  private static final List<String> UNITS =
      List.of("plain", "transactional", "hooked", "listed", "chain");

  /** Where application code is called. */
  private static final List<String> PLACES =
      List.of(
          "work",
          "transactional",
          "hook",
          "retry-delay",
          "enumerate",
          "process",
          "policy",
          "item-hook",
          "condition",
          "observer",
          "async-observer",
          "subscriber",
          "follower",
          "continuation",
          "task",
          "configuration");

  private static final List<Hostile> HOSTILE =
      List.of(Hostile.MUTE, Hostile.NO_EXCEPTION, Hostile.DEATH, Hostile.OPEN_TRANSACTION);

  private static final Gate GATE = new Gate();
  private Pace pace;

  @ApplicationScoped
  static class Observers {
    void observe(@Observes @MilestoneId(AT_GATE) Milestone event) {
      GATE.pass("observer");
    }

    void later(@ObservesAsync @MilestoneId(AT_GATE) Milestone event) {
      GATE.pass("async-observer");
    }
  }

  @ApplicationScoped
  static class Methods {
    @Worker(id = "transactional", overlap = Overlap.ALLOW)
    @Transactional
    void inside(RunContext run) {
      GATE.pass("transactional");
    }
  }

  @Worker(id = "hooked", maxRetries = 1, overlap = Overlap.ALLOW)
  static class Hooked implements Work<String> {
    @Inject TransactionManager transactions;

    @Override
    public String run(RunContext run) {
      if (run.attempt() == 1) {
        throw new IllegalStateException("once");
      }
      return "done";
    }

    @Override
    public Duration retryDelay(int attempt, Duration configured) {
      GATE.pass("retry-delay");
      return Duration.ZERO;
    }

    @Override
    public void onStart(UnitStarted event) {
      GATE.pass("hook");
    }

    @Override
    public void onComplete(UnitCompleted event) {
      GATE.pass("hook");
    }
  }

  private static final class Listed implements ItemWork<Integer, Integer> {
    @Override
    public void enumerate(Items<Integer> items, RunContext run) {
      GATE.pass("enumerate");
      IntStream.range(0, 6).forEach(items::add);
      items.keepOpen();
    }

    @Override
    public Integer process(Integer number, ItemContext item) {
      if (number == 0) {
        GATE.pass("process");
      }
      if (number == 1) {
        throw new IllegalStateException("it fails");
      }
      return number;
    }

    @Override
    public ItemPolicy policy() {
      return standing -> {
        GATE.pass("policy");
        return ItemDecision.CONTINUE;
      };
    }

    @Override
    public void onItemCompleted(ItemNotice item) {
      GATE.pass("item-hook");
    }
  }

  @Override
  NodeBuilder configured(NodeBuilder builder) {
    return builder
        .setting("synchronik.workers", "24")
        .setting("synchronik.lease", "6s")
        .beans(Observers.class, Methods.class, Hooked.class);
  }

  @Override
  void prepare() {
    GATE.use(node.select(TransactionManager.class));
    register(
        "plain",
        run -> {
          GATE.pass("work");
          return "done";
        },
        config -> config.overlap(Overlap.ALLOW).maxRetries(0));
    manager.registerUnit(
        ItemSource.worker("listed", Integer.class, new Listed())
            .with(config -> config.overlap(Overlap.ALLOW).maxRetries(0)));
    manager.registerUnit(
        Process.named("chain")
            .worker("plain")
            .worker("hooked")
            .after(
                "plain",
                (String text) -> {
                  GATE.pass("condition");
                  return true;
                })
            .overlap(Overlap.ALLOW)
            .build());
    manager.subscribeToEvents(event -> GATE.pass("subscriber"));
    manager.followJournal(manager.journalPosition(), entry -> GATE.pass("follower"));
    manager.useWorkerPool("pool", 2);
    Pace.register(manager);
    pace = new Pace(database);
    pace.awaitBegun();
  }

  @Test
  void othersKeepTheirRate() throws Exception {
    long seed = new Random().nextLong();
    Set<String> met = new TreeSet<>();
    for (int i = 0; i < PROGRAMS; i++) {
      long one = seed + i;
      pace.isKeptBeside("program " + one, () -> new Program(one, met));
    }
    assertThat(met).as("places at which code was, seed %d", seed).isNotEmpty();
  }

  /** What one program does, until it is closed. */
  private final class Program implements AutoCloseable {
    private final String name;
    private final OpenCaller caller;
    private final Thread configuring;
    private final Set<String> met;

    Program(long seed, Set<String> met) {
      Random random = new Random(seed);
      this.met = met;
      List<String> places = new ArrayList<>(PLACES);
      Collections.shuffle(places, random);
      Map<String, Hostile> worse = new TreeMap<>();
      places
          .subList(4, 8)
          .forEach(place -> worse.put(place, HOSTILE.get(random.nextInt(HOSTILE.size()))));
      Set<String> blocked = Set.copyOf(places.subList(0, 4));
      name = seed + ", blocked at " + blocked + ", " + worse;
      GATE.close(blocked, worse);
      for (String unit : UNITS) {
        var unused =
            manager
                .runUnitById(unit, RunRequest.PLAIN.forced())
                .outcome()
                .thenRun(() -> GATE.pass("continuation"));
      }
      WorkerPool pool = manager.useWorkerPool("pool", 2);
      pool.addTask(
          "task-" + System.nanoTime(),
          run -> {
            GATE.pass("task");
            return "done";
          });
      manager.emitMilestone(AT_GATE, null);
      configuring = new Thread(this::configure, "configuring");
      configuring.start();
      List<Node.Step> steps = new ArrayList<>();
      for (int i = 0; i < 6; i++) {
        steps.add(command(random));
      }
      caller = OpenCaller.of(node, steps);
    }

    private void configure() {
      tolerant(
              () ->
                  manager.updateUnitConfig(
                      "plain",
                      config -> {
                        GATE.pass("configuration");
                        return config;
                      }))
          .run();
    }

    @Override
    public void close() throws Exception {
      met.addAll(GATE.seen());
      GATE.open();
      caller.close();
      configuring.join(Probe.PATIENCE.toMillis());
      assertThat(configuring.isAlive()).as(name).isFalse();
      endsRight(name);
    }
  }

  private interface Silent extends Node.Step {
    @Override
    void run();
  }

  /** A command that is not allowed now is none; what it would have held is not held. */
  private static Silent tolerant(Node.Step step) {
    return () -> {
      try {
        step.run();
      } catch (SynchronikException | IllegalArgumentException e) {
        // The next one
      } catch (Error e) {
        // As hostile as that
      } catch (Exception e) {
        if (e instanceof RuntimeException) {
          // What the configuration function threw
          return;
        }
        throw new IllegalStateException(e);
      }
    };
  }

  private Node.Step command(Random random) {
    String id = UNITS.get(random.nextInt(UNITS.size()));
    return tolerant(
        switch (random.nextInt(16)) {
          case 0 -> () -> manager.pause(id);
          case 1 -> () -> manager.resume(id);
          case 2 -> () -> manager.disable(id);
          case 3 -> () -> manager.enable(id);
          case 4 -> () -> manager.updateUnitConfig("plain", config -> config.maxRetries(0));
          case 5 -> () -> manager.stopWorkerById(id);
          case 6 -> () -> manager.updateStatus(id, UnitStatus.IDLE);
          case 7 -> () -> manager.runUnitById(id, RunRequest.PLAIN.forced());
          case 8 -> () -> open("listed").forEach(run -> manager.items().add(run, NewItem.of(3)));
          case 9 -> () -> open("listed").forEach(run -> manager.items().retryFailed(run, null));
          case 10 -> () -> open("listed").forEach(run -> manager.items().close(run));
          case 11 -> () -> manager.useWorkerPool("pool", 1 + random.nextInt(3)).addTask("x", id, 1);
          case 12 -> () -> manager.findWorkerPool("pool").orElseThrow().resize(3);
          case 13 -> () -> open("chain").forEach(run -> manager.retryRun(run, RunRequest.PLAIN));
          case 14 -> this::cancelItems;
          default ->
              () -> {
                manager.stopAll();
                manager.startAll();
              };
        });
  }

  private void cancelItems() {
    for (String run : open("listed")) {
      manager
          .items()
          .list(run, ItemQuery.FIRST)
          .items()
          .forEach(item -> manager.items().cancel(item.id(), "not wanted"));
    }
  }

  /** Returns the runs of a unit that are not final. */
  private List<String> open(String unit) {
    return manager.findRuns(RunQuery.LATEST.ofUnit(unit)).items().stream()
        .filter(run -> !run.state().isFinal())
        .map(run -> run.id().value())
        .toList();
  }

  /** A step of the engine may hold a unit for longer than a call waits, on a busy machine. */
  private static void untilDone(Runnable call) {
    AtomicReference<@Nullable Throwable> last = new AtomicReference<>();
    Await.until(
        Probe.PATIENCE,
        () -> "It ended with " + last.get(),
        () -> {
          try {
            call.run();
            return true;
          } catch (WrongStateException e) {
            throw e;
          } catch (SynchronikException e) {
            last.set(e);
            return false;
          }
        });
  }

  private void endsRight(String name) {
    for (String id : UNITS) {
      untilDone(() -> manager.resume(id));
      untilDone(() -> manager.enable(id));
    }
    Await.until(
        Probe.PATIENCE,
        () -> name + ": " + left(),
        () -> {
          open("listed").forEach(run -> tolerant(() -> manager.items().close(run)).run());
          return left().isEmpty();
        });
    Await.until(
        Probe.PATIENCE,
        () -> name + ": " + counts(),
        () -> counts().stream().allMatch(count -> count == 0));
    for (String unit : UNITS) {
      RunView last =
          manager
              .getRunById(manager.runUnitById(unit, RunRequest.PLAIN.forced()).id().value())
              .orElseThrow();
      Await.until(
          Probe.PATIENCE,
          () -> name + ": " + manager.getRunById(last.id().value()),
          () -> {
            open("listed").forEach(run -> tolerant(() -> manager.items().close(run)).run());
            return manager.getRunById(last.id().value()).orElseThrow().state()
                == RunState.COMPLETED;
          });
    }
  }

  private List<String> left() {
    return UNITS.stream().flatMap(unit -> open(unit).stream()).toList();
  }

  /** Returns what is counted, owed, and open of what the programs work with. */
  private List<Long> counts() {
    String units = " in ('plain', 'transactional', 'hooked', 'listed', 'chain')";
    return List.of(
        number("select coalesce(sum(active_runs), 0) from sk_unit where id" + units),
        number("select count(*) from sk_unit_delta where unit" + units),
        number("select count(*) from sk_item where state in ('ready', 'waiting', 'started')"),
        number("select count(*) from sk_item_set where state <> 'closed'"),
        number("select count(*) from sk_pool_task where ended_at is null"));
  }

  private long number(String sql) {
    try {
      return database.number(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
