package io.synchronik.it.serverless;

import static org.assertj.core.api.Assertions.assertThat;

import io.synchronik.RunRequest;
import io.synchronik.it.testkit.Await;
import io.synchronik.it.testkit.Database;
import io.synchronik.it.testkit.DatabaseKind;
import io.synchronik.it.testkit.Faults;
import io.synchronik.it.testkit.Node;
import io.synchronik.it.testkit.Probe;
import io.synchronik.item.ItemSummary;
import io.synchronik.run.RunHandle;
import io.synchronik.run.RunOutcome;
import io.synchronik.run.RunState;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** One fault at each statement and each commit in turn: items end as if there were none. */
@ParameterizedClass
@EnumSource(DatabaseKind.class)
class ItemFaultsIT {
  private static final int ITEMS = 5;
  private static final int MOST_ASKED = 5;

  /** More than a run has; those that come later strike at nothing. */
  private static final int MOST_PLACES = 60;

  private static final String INTAKE = "synchronik-item-intake";
  private static final List<String> THREADS =
      List.of(INTAKE, "synchronik-item-ends", "synchronik-item-decisions", "synchronik-worker");

  @Parameter DatabaseKind kind;
  private final Faults faults = new Faults();
  private Database database;
  private Node node;
  private int runs;

  @BeforeEach
  void start() throws Exception {
    database = kind.create("itemfaults");
    node =
        Node.on(database)
            .setting("synchronik.loop-interval", "200ms")
            .setting("synchronik.stop-grace", "100ms")
            .setting("synchronik.workers", "2")
            .connections(15)
            .beans(Bills.Bill.class, Bills.Listed.class, Bills.Few.class)
            .faults(faults)
            .start();
    Bills.createTable(database);
  }

  @AfterEach
  void stop() {
    faults.clear();
    node.close();
    database.close();
  }

  @ParameterizedTest
  @EnumSource(Faults.Kind.class)
  void faultAtEachStepChangesNothing(Faults.Kind fault) throws Exception {
    for (String thread : THREADS) {
      int hits = 0;
      for (String unit : List.of(Bills.BILL, Bills.LIST)) {
        hits += strikeUntilTheEnd(unit, fault, thread);
      }
      assertThat(hits).as(thread).isPositive();
    }
    faults.clear();
    Bills.check(database, runs, ITEMS);
  }

  @ParameterizedTest
  @EnumSource(Faults.Kind.class)
  void faultAtEachStepLeavesNoPermitTaken(Faults.Kind fault) throws Exception {
    assertThat(strikeUntilTheEnd(Bills.FEW, fault, INTAKE)).isPositive();
    faults.clear();
    Bills.check(database, runs, ITEMS);
    Await.until(
        Probe.PATIENCE, () -> Bills.number(database, "select count(*) from sk_permit") == 0);
  }

  /** Strikes at one place after the other until a run ends before it comes to the place. */
  private int strikeUntilTheEnd(String unit, Faults.Kind fault, String thread) {
    int at = 0;
    Faults.Trap trap;
    do {
      at++;
      trap = play(unit, fault, at, one -> one.getName().startsWith(thread));
    } while (trap.hit().isPresent() && at < MOST_PLACES);
    return at - 1;
  }

  private Faults.Trap play(String unit, Faults.Kind fault, int at, Predicate<Thread> whose) {
    String name = unit + " " + fault + " " + at + " " + runs;
    Faults.Trap trap = faults.set(fault, at, whose);
    try {
      RunOutcome outcome = ask(unit, name).join(Probe.PATIENCE);
      assertThat(outcome.state()).as(name + outcome).isEqualTo(RunState.COMPLETED);
      assertThat(outcome.result().as(ItemSummary.class))
          .isEqualTo(new ItemSummary(ITEMS, ITEMS, 0, 0));
      runs++;
      return trap;
    } catch (RuntimeException e) {
      throw new AssertionError(name + ": " + trap.hit() + ": " + e + open(), e);
    }
  }

  private String open() {
    List<Object> found = new ArrayList<>();
    Thread.getAllStackTraces()
        .forEach(
            (thread, stack) -> {
              if (thread.getName().startsWith("synchronik")) {
                found.add(thread.getName() + " " + List.of(stack));
              }
            });
    try {
      found.addAll(
          database.rows(
              "select id, unit, state, owner, due_at from sk_run where ended_at is null"));
      found.addAll(database.rows("select * from sk_item_set where state <> 'closed'"));
      found.addAll(
          database.rows("select item_set, n, state, owner from sk_item where ended_at is null"));
      found.addAll(database.rows("select * from sk_item_count"));
    } catch (SQLException e) {
      found.add(e);
    }
    return found.toString();
  }

  private RunHandle ask(String unit, String key) {
    Throwable last = new IllegalStateException("never asked");
    for (int i = 0; i < MOST_ASKED; i++) {
      try {
        return node.manager().runUnitById(unit, RunRequest.PLAIN.withPayload(ITEMS).withKey(key));
      } catch (RuntimeException | NoClassDefFoundError e) {
        last = e;
      }
    }
    throw new IllegalStateException(last);
  }
}
