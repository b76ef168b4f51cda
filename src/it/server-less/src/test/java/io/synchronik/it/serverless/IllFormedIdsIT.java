package io.synchronik.it.serverless;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.synchronik.JournalQuery;
import io.synchronik.RunQuery;
import io.synchronik.RunRequest;
import io.synchronik.SynchronikManager;
import io.synchronik.it.testkit.Await;
import io.synchronik.it.testkit.DatabaseKind;
import io.synchronik.it.testkit.Held;
import io.synchronik.it.testkit.Probe;
import io.synchronik.item.ItemQuery;
import io.synchronik.item.NewItem;
import io.synchronik.item.WorkItems;
import io.synchronik.pool.PoolTask;
import io.synchronik.pool.PoolTaskQuery;
import io.synchronik.pool.WorkerPool;
import io.synchronik.run.FailureKind;
import io.synchronik.run.RunHandle;
import io.synchronik.run.UnknownRunException;
import io.synchronik.run.UnknownUnitException;
import io.synchronik.unit.UnitStatus;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** An id that cannot be one is an id that nobody has, in each call that takes one. */
@ParameterizedClass
@EnumSource(DatabaseKind.class)
class IllFormedIdsIT extends SharedNode {
  private static final List<String> ILL_FORMED =
      List.of(
          "",
          " ",
          "no id",
          "a\0b",
          "é",
          "half \uD83D of one",
          "'; drop table sk_unit; --",
          "x".repeat(129),
          "x".repeat(100_000));

  private static final Set<String> OF_UNITS = Set.of("id", "worker");
  private static final String OF_RUNS = "runId";

  /** Their id is one that is to be given, or a milestone's. */
  private static final Set<String> GIVE =
      Set.of("registerUnit", "useWorkerPool", "emitMilestone", "emitMilestoneNow", "onMilestone");

  private static final Map<Class<?>, Object> VALUES = new HashMap<>();

  static {
    VALUES.put(boolean.class, false);
    VALUES.put(RunRequest.class, RunRequest.PLAIN);
    VALUES.put(UnitStatus.class, UnitStatus.IDLE);
    VALUES.put(UnaryOperator.class, UnaryOperator.identity());
    VALUES.put(Map.class, Map.of());
    VALUES.put(ItemQuery.class, ItemQuery.FIRST);
    VALUES.put(NewItem.class, NewItem.of(1));
    VALUES.put(Collection.class, List.of(NewItem.of(1)));
    VALUES.put(String.class, "text");
  }

  @Test
  void eachCallTellsThemAsItTellsUnknownOnes() throws Exception {
    WorkerPool pool = manager.useWorkerPool("ill-formed", 1);
    Set<String> called = new TreeSet<>();
    called.addAll(calls(SynchronikManager.class, manager));
    called.addAll(calls(WorkItems.class, manager.items()));
    called.addAll(calls(WorkerPool.class, pool));

    assertThat(called)
        .contains("runUnitById", "releaseUnit", "getProcessRun", "retryFailed", "addTask", "close")
        .hasSizeGreaterThan(15);
  }

  private static Set<String> calls(Class<?> type, Object target) throws Exception {
    Set<String> called = new TreeSet<>();
    for (Method method : type.getMethods()) {
      Parameter[] parameters = method.getParameters();
      for (int i = 0; i < parameters.length; i++) {
        String name = parameters[i].getName();
        boolean ofUnit = OF_UNITS.contains(name);
        if (parameters[i].getType() == String.class
            && (ofUnit || name.equals(OF_RUNS))
            && !GIVE.contains(method.getName())) {
          check(target, method, i, ofUnit ? UnknownUnitException.class : UnknownRunException.class);
          called.add(method.getName());
        }
      }
    }
    return called;
  }

  private static void check(Object target, Method method, int at, Class<?> expected)
      throws Exception {
    Object unknown = outcome(target, method, at, "nobody");
    assertThat(unknown).as("%s of an unknown id", method).isIn(expected, Optional.empty());
    for (String id : ILL_FORMED) {
      String shown = id.length() < 50 ? id : id.length() + " characters";
      assertThat(outcome(target, method, at, id))
          .as("%s of '%s'", method, shown)
          .isEqualTo(unknown);
    }
  }

  private static @Nullable Object value(Parameter one) {
    return one.getName().equals("group") ? FailureKind.OTHER : VALUES.get(one.getType());
  }

  /** Returns what a call returns, or the type of what it throws. */
  private static @Nullable Object outcome(Object target, Method method, int at, String id)
      throws Exception {
    Parameter[] parameters = method.getParameters();
    @Nullable Object[] values = Arrays.stream(parameters).map(IllFormedIdsIT::value).toArray();
    values[at] = id;
    try {
      return method.invoke(target, values);
    } catch (InvocationTargetException e) {
      assertThat(e.getCause())
          .as("%s", method)
          .hasMessageStartingWith("SYNC-")
          .hasMessageNotContaining("select");
      assertThat(String.valueOf(e.getCause().getMessage())).hasSizeLessThan(1000);
      return e.getCause().getClass();
    }
  }

  @Test
  void queriesFindNothing() {
    for (String id : ILL_FORMED) {
      assertThat(manager.findRuns(RunQuery.LATEST.ofUnit(id)).items()).isEmpty();
      assertThat(manager.readJournal(new JournalQuery(0, id, Set.of(), 10))).isEmpty();
      assertThat(manager.findWorkerPool(id)).isEmpty();
    }
  }

  @Test
  void tasksOfUnknownWorkersAreRefusedAlike() {
    WorkerPool pool = manager.useWorkerPool("ill-formed-workers", 1);
    for (String id : ILL_FORMED) {
      assertThat(catchThrowable(() -> pool.addTask(PoolTask.of("task", id))))
          .isInstanceOf(UnknownUnitException.class);
    }
    assertThat(pool.findTasks(PoolTaskQuery.LATEST).items()).isEmpty();
  }

  @Test
  void aUnitThatIsBeingReleasedIsNotEnabled() {
    Held held = Held.interruptibly();
    register("released", held);
    RunHandle run = manager.runWorkerById("released");
    held.awaitBegun();
    try {
      manager.releaseUnit("released");

      assertThat(unit("released").control().enabled()).isFalse();
      assertThat(manager.listUnits())
          .filteredOn(view -> view.identity().id().value().equals("released"))
          .allMatch(view -> !view.control().enabled());
    } finally {
      held.letGo();
    }
    run.join(Probe.PATIENCE);
    Await.until(Probe.PATIENCE, () -> manager.getUnitById("released").isEmpty());
  }
}
