package io.synchronik.impl.cdi.work;

import static org.assertj.core.api.Assertions.assertThat;

import io.synchronik.event.EventOrigin;
import io.synchronik.event.RunHooks;
import io.synchronik.event.UnitStarted;
import io.synchronik.it.testkit.Database;
import io.synchronik.it.testkit.DatabaseKind;
import io.synchronik.it.testkit.Node;
import io.synchronik.it.testkit.Probe;
import io.synchronik.process.Process;
import io.synchronik.process.WorkerProcess;
import io.synchronik.run.Cause;
import io.synchronik.run.RunId;
import io.synchronik.unit.UnitId;
import io.synchronik.worker.Worker;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.RequestScoped;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.enterprise.util.TypeLiteral;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The hooks of processes, called as the engine calls them, and how long their beans live. */
class HooksIT {
  private static final TypeLiteral<Probe<String>> PROBE = new TypeLiteral<>() {};

  private final Database database = DatabaseKind.H2.create("hooks");
  private final Probe<String> probe = new Probe<>();
  private Node node;

  @ApplicationScoped
  static class Idle {
    @Worker(id = "idle")
    void idle() {}
  }

  @RequestScoped
  static class Request {
    private int calls;

    int calls() {
      return ++calls;
    }
  }

  @WorkerProcess(id = "watched", workers = Idle.class)
  static class Watched implements RunHooks {
    @Inject Probe<String> probe;
    @Inject Request request;

    @Override
    public void onStart(UnitStarted event) {
      probe.accept("start of " + event.unit() + ", call " + request.calls());
    }

    @PreDestroy
    void end() {
      probe.accept("destroyed");
    }
  }

  @WorkerProcess(id = "unwatched", workers = Idle.class)
  static class Unwatched {
    @Inject Probe<String> probe;

    @PreDestroy
    void end() {
      probe.accept("never made");
    }
  }

  @ApplicationScoped
  static class Jobs {
    @Inject Probe<String> probe;

    @Produces
    Process produced() {
      return Process.named("produced").worker(Idle.class).build();
    }

    void dispose(@Disposes Process process) {
      probe.accept("disposed of " + process.id());
    }
  }

  @BeforeEach
  void start() {
    node =
        Node.on(database)
            .beans(Idle.class, Request.class, Watched.class, Unwatched.class, Jobs.class)
            .instance(PROBE, probe)
            .start();
  }

  @AfterEach
  void drop() {
    node.close();
    database.close();
  }

  private Consumer<Consumer<RunHooks>> hooksOf(Class<?> type) {
    BeanManager beans = node.container().getBeanManager();
    return Hooks.of(beans, beans.resolve(beans.getBeans(type)));
  }

  private static void start(RunHooks hooks) {
    EventOrigin origin =
        new EventOrigin("e", Instant.EPOCH, "n", new UnitId("watched"), new RunId("r"));
    hooks.onStart(new UnitStarted(origin, Cause.MANUAL));
  }

  @Test
  void eachCallHasAnInstanceAndARequestOfItsOwn() {
    hooksOf(Watched.class).accept(HooksIT::start);
    hooksOf(Watched.class).accept(HooksIT::start);

    assertThat(probe.seen())
        .containsExactly(
            "start of watched, call 1", "destroyed", "start of watched, call 1", "destroyed");
  }

  @Test
  void classWithoutHooksNeedsNoInstance() {
    hooksOf(Unwatched.class).accept(HooksIT::start);

    assertThat(probe.seen()).isEmpty();
  }

  @Test
  void hooksOfADefinitionHaveARequest() {
    Request request = node.select(Request.class);
    RunHooks hooks =
        new RunHooks() {
          @Override
          public void onStart(UnitStarted event) {
            probe.accept("call " + request.calls());
          }
        };

    Hooks.of(node.container().getBeanManager(), hooks).accept(HooksIT::start);

    assertThat(probe.seen()).containsExactly("call 1");
  }

  @Test
  void producedProcessLivesAsLongAsTheApplication() {
    assertThat(node.manager().getUnitById("produced")).isPresent();
    assertThat(probe.seen()).isEmpty();

    node.close();

    assertThat(probe.seen()).containsExactly("disposed of produced");
  }
}
