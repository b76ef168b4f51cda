package io.synchronik.it.serverless;

import static org.assertj.core.api.Assertions.assertThat;

import io.synchronik.JournalQuery;
import io.synchronik.RunQuery;
import io.synchronik.RunRequest;
import io.synchronik.SynchronikManager;
import io.synchronik.UnitQuery;
import io.synchronik.bulk.BulkAction;
import io.synchronik.bulk.BulkActions;
import io.synchronik.bulk.BulkFilter;
import io.synchronik.bulk.BulkQuery;
import io.synchronik.bulk.BulkRequest;
import io.synchronik.event.SynchronikEvent;
import io.synchronik.event.UnitStarted;
import io.synchronik.it.testkit.Await;
import io.synchronik.it.testkit.DatabaseKind;
import io.synchronik.it.testkit.Node;
import io.synchronik.it.testkit.NodeBuilder;
import io.synchronik.it.testkit.Probe;
import io.synchronik.item.ItemPolicy;
import io.synchronik.item.ItemQuery;
import io.synchronik.item.ItemSource;
import io.synchronik.item.Items;
import io.synchronik.item.ManualItems;
import io.synchronik.item.NewItem;
import io.synchronik.item.WorkItems;
import io.synchronik.monitor.AuditQuery;
import io.synchronik.monitor.CalendarQuery;
import io.synchronik.monitor.DueQuery;
import io.synchronik.monitor.FailureQuery;
import io.synchronik.monitor.Monitoring;
import io.synchronik.monitor.StatisticsQuery;
import io.synchronik.pool.PoolTask;
import io.synchronik.pool.PoolTaskChange;
import io.synchronik.pool.PoolTaskQuery;
import io.synchronik.pool.WorkerPool;
import io.synchronik.process.Process;
import io.synchronik.run.FailureKind;
import io.synchronik.run.ItemId;
import io.synchronik.run.RunHandle;
import io.synchronik.run.RunState;
import io.synchronik.unit.UnitStatus;
import io.synchronik.worker.RunContext;
import io.synchronik.worker.Work;
import io.synchronik.worker.Worker;
import io.synchronik.worker.WorkerDefinition;
import java.lang.reflect.Method;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Each call of the API inside a transaction does with the connection that this has. */
@ParameterizedClass
@EnumSource(DatabaseKind.class)
@SuppressWarnings("try")
class EveryCallInsideIT extends SharedNode {
  /** They are not about the caller, and work in transactions of their own. */
  private static final Set<String> APART =
      Set.of("start()", "stop()", "runLoopOnce()", "runWatcherScan()");

  private final Map<String, Node.Step> calls = new LinkedHashMap<>();

  /** One item has failed, the others are to be worked on by hand. */
  private static final class ByHand implements ManualItems<Integer> {
    @Override
    public void enumerate(Items<Integer> items, RunContext run) {
      IntStream.range(0, 10).forEach(items::add);
      items.keepOpen();
    }

    @Override
    public ItemPolicy policy() {
      return ItemPolicy.continueOnFailure();
    }
  }

  @Worker(id = "plain")
  static class Plain implements Work<String> {
    @Override
    public String run(RunContext run) {
      if ("fails".equals(run.payload(String.class))) {
        throw new IllegalStateException("as asked");
      }
      return "done";
    }
  }

  @Override
  NodeBuilder configured(NodeBuilder builder) {
    return builder.beans(Plain.class);
  }

  private void call(Class<?> owner, String signature, Node.Step step) {
    calls.put(owner.getSimpleName() + "." + signature, step);
  }

  private static Set<String> signatures(Class<?>... owners) {
    Set<String> all = new TreeSet<>();
    for (Class<?> owner : owners) {
      for (Method method : owner.getMethods()) {
        String parameters =
            Arrays.stream(method.getParameterTypes())
                .map(Class::getSimpleName)
                .collect(Collectors.joining(","));
        String signature = method.getName() + "(" + parameters + ")";
        if (!APART.contains(signature)) {
          all.add(owner.getSimpleName() + "." + signature);
        }
      }
    }
    return all;
  }

  @Test
  void noneTakesASecondConnection() throws Exception {
    units();
    runs();
    events();
    items();
    pools();
    bulk();
    assertThat(new TreeSet<>(calls.keySet()))
        .isEqualTo(
            signatures(
                SynchronikManager.class,
                WorkItems.class,
                WorkerPool.class,
                RunHandle.class,
                Monitoring.class,
                BulkActions.class));

    List<String> taken = new ArrayList<>();
    for (Map.Entry<String, Node.Step> one : calls.entrySet()) {
      int before = node.secondConnections().size();
      try {
        node.inTransaction(
            () -> {
              try (Connection connection = node.dataSource().getConnection();
                  Statement statement = connection.createStatement()) {
                statement.execute("select 1");
              }
              one.getValue().run();
            });
      } catch (Exception | Error e) {
        throw new AssertionError(one.getKey() + ": " + e, e);
      }
      List<String> all = node.secondConnections();
      all.subList(before, all.size()).forEach(where -> taken.add(one.getKey() + ": " + where));
    }

    assertThat(taken).isEmpty();
  }

  private void units() {
    Class<?> owner = SynchronikManager.class;
    for (String id : List.of("unit", "gone", "gone-too", "process-step")) {
      register(id, run -> "done");
    }
    manager.registerUnit(Process.named("process").workers("process-step").build());
    call(
        owner,
        "registerUnit(UnitDefinition)",
        () -> manager.registerUnit(WorkerDefinition.of("new", run -> "done")));
    call(owner, "releaseUnit(String)", () -> manager.releaseUnit("gone"));
    call(owner, "releaseUnit(String,boolean)", () -> manager.releaseUnit("gone-too", true));
    call(owner, "getUnitById(String)", () -> manager.getUnitById("unit"));
    call(owner, "listUnits()", () -> manager.listUnits());
    call(owner, "findUnits(UnitQuery)", () -> manager.findUnits(UnitQuery.FIRST));
    call(owner, "getProcessById(String)", () -> manager.getProcessById("process"));
    call(owner, "listProcesses()", () -> manager.listProcesses());
    call(owner, "getRegistrySnapshot()", () -> manager.getRegistrySnapshot());
    call(owner, "getEngineStats()", () -> manager.getEngineStats());
    call(owner, "pause(String)", () -> manager.pause("unit"));
    call(
        owner,
        "pause(String,Instant)",
        () -> manager.pause("unit", Instant.now().plus(Duration.ofHours(1))));
    call(owner, "resume(String)", () -> manager.resume("unit"));
    call(owner, "disable(String)", () -> manager.disable("unit"));
    call(owner, "enable(String)", () -> manager.enable("unit"));
    call(
        owner,
        "updateStatus(String,UnitStatus)",
        () -> manager.updateStatus("unit", UnitStatus.IDLE));
    call(
        owner,
        "updateUnitConfig(String,UnaryOperator)",
        () -> manager.updateUnitConfig("unit", config -> config.maxRetries(1)));
    call(
        owner,
        "updateUnitConfig(String,Map)",
        () -> manager.updateUnitConfig("unit", Map.of("maxRetries", "2")));
    call(
        SynchronikManager.class,
        "previewUnitConfig(String,Map)",
        () -> manager.previewUnitConfig("unit", Map.of("maxRetries", "2")));
    call(
        owner,
        "updateWorkerConfig(String,UnaryOperator)",
        () -> manager.updateWorkerConfig("unit", config -> config.maxRetries(3)));
    call(
        owner,
        "updateProcessConfig(String,UnaryOperator)",
        () -> manager.updateProcessConfig("process", config -> config.maxRuns(1000)));
    call(owner, "stopAll()", () -> manager.stopAll());
    call(owner, "startAll()", () -> manager.startAll());
  }

  private void runs() {
    Class<?> owner = SynchronikManager.class;
    RunRequest keyed = RunRequest.PLAIN.withKey("key");
    RunHandle run = manager.runUnitById("plain", keyed);
    run.join(Probe.PATIENCE);
    String id = run.id().value();
    RunHandle failed =
        manager.runUnitById(
            "process", RunRequest.PLAIN.withPayload("none").withKey("of the process"));
    failed.join(Probe.PATIENCE);
    ItemSource<Integer> broken =
        new ManualItems<>() {
          @Override
          public void enumerate(Items<Integer> items, RunContext context) {
            throw new IllegalStateException("no items");
          }
        };
    manager.registerUnit(ItemSource.worker("broken", Integer.class, broken));
    RunHandle torn = manager.runUnitById("broken");
    assertThat(torn.join(Probe.PATIENCE).state()).isEqualTo(RunState.FAILED);
    call(owner, "runUnitById(String)", () -> manager.runUnitById("plain"));
    call(
        owner,
        "runUnitById(String,RunRequest)",
        () -> assertThat(manager.runUnitById("plain", keyed).id()).isEqualTo(run.id()));
    call(owner, "runWorkerById(String)", () -> manager.runWorkerById("plain"));
    call(owner, "runWorkerById(String,Object)", () -> manager.runWorkerById("plain", "payload"));
    call(owner, "runProcessById(String)", () -> manager.runProcessById("process"));
    call(
        owner,
        "runProcessById(String,RunRequest)",
        () -> manager.runProcessById("process", RunRequest.PLAIN));
    call(
        owner,
        "retryRun(String,RunRequest)",
        () -> manager.retryRun(torn.id().value(), RunRequest.PLAIN));
    call(owner, "getProcessRun(String)", () -> manager.getProcessRun(failed.id().value()));
    call(
        owner,
        "findRun(String)",
        () ->
            assertThat(manager.findRun(id).orElseThrow().join(Probe.PATIENCE).state())
                .isEqualTo(RunState.COMPLETED));
    call(owner, "getRunById(String)", () -> manager.getRunById(id));
    call(owner, "findRuns(RunQuery)", () -> manager.findRuns(RunQuery.LATEST));
    call(owner, "stopWorkerById(String)", () -> manager.stopWorkerById("plain"));
    call(owner, "items()", () -> manager.items());
    call(owner, "monitoring()", () -> manager.monitoring());
    call(owner, "nodes()", () -> manager.nodes());
    call(owner, "bulk()", () -> manager.bulk());
    Class<?> handle = RunHandle.class;
    call(handle, "id()", () -> run.id());
    call(handle, "unit()", () -> run.unit());
    call(handle, "state()", () -> run.state());
    call(handle, "outcome()", () -> run.outcome().toCompletableFuture().join());
    call(handle, "join(Duration)", () -> run.join(Probe.PATIENCE));
    call(handle, "cancel()", () -> manager.runUnitById("plain").cancel());
    Class<?> monitoring = Monitoring.class;
    Instant now = Instant.now();
    StatisticsQuery hour =
        new StatisticsQuery(now.minus(Duration.ofHours(1)), now, Duration.ofMinutes(5));
    call(monitoring, "now()", () -> manager.monitoring().now());
    call(monitoring, "why()", () -> manager.monitoring().why().unit("plain"));
    call(
        monitoring,
        "dues(DueQuery)",
        () -> manager.monitoring().dues(new DueQuery("plain", hour.from(), now, 10)));
    call(
        monitoring,
        "calendar(CalendarQuery)",
        () ->
            manager
                .monitoring()
                .calendar(new CalendarQuery(hour.from(), now, hour.interval(), "plain")));
    call(monitoring, "statistics(StatisticsQuery)", () -> manager.monitoring().statistics(hour));
    call(
        monitoring,
        "failures(FailureQuery)",
        () -> manager.monitoring().failures(FailureQuery.between(now.minusSeconds(60), now)));
    call(
        monitoring,
        "audit(AuditQuery)",
        () -> assertThat(manager.monitoring().audit(AuditQuery.LATEST).items()).isNotEmpty());
    call(monitoring, "events(String,long,int)", () -> manager.monitoring().events(id, 0, 10));
    call(monitoring, "attempts(String,long,int)", () -> manager.monitoring().attempts(id, 0, 10));
    call(
        monitoring,
        "output(String,long,long,int)",
        () -> manager.monitoring().output(id, 1, 0, 10));
  }

  private void events() {
    Class<?> owner = SynchronikManager.class;
    call(owner, "emitMilestone(String,Object)", () -> manager.emitMilestone("joined", 1));
    call(owner, "emitMilestoneNow(String,Object)", () -> manager.emitMilestoneNow("now", 2));
    call(owner, "readJournal(JournalQuery)", () -> manager.readJournal(JournalQuery.after(0)));
    call(owner, "journalPosition()", () -> manager.journalPosition());
    call(
        owner,
        "followJournal(long,Consumer)",
        () -> manager.followJournal(0, entry -> {}).unsubscribe());
    call(
        owner,
        "subscribeToEvents(Consumer)",
        () -> manager.subscribeToEvents(event -> {}).unsubscribe());
    call(owner, "onMilestone(Consumer)", () -> manager.onMilestone(event -> {}).unsubscribe());
    call(
        owner,
        "onMilestone(String,Consumer)",
        () -> manager.onMilestone("some", event -> {}).unsubscribe());
    call(owner, "onStart(Consumer)", () -> manager.onStart(event -> {}).unsubscribe());
    call(owner, "onComplete(Consumer)", () -> manager.onComplete(event -> {}).unsubscribe());
    call(owner, "onError(Consumer)", () -> manager.onError(event -> {}).unsubscribe());
    call(
        owner,
        "on(Class,Consumer)",
        () -> manager.on(UnitStarted.class, (SynchronikEvent event) -> {}).unsubscribe());
  }

  private void items() {
    manager.registerUnit(ItemSource.worker("by-hand", Integer.class, new ByHand()));
    RunHandle run = manager.runWorkerById("by-hand");
    String id = run.id().value();
    WorkItems items = manager.items();
    Await.until(
        Probe.PATIENCE,
        () ->
            items.findRun(id).filter(found -> found.open()).isPresent()
                && itemStatistics(run).initialized() == 10);
    List<ItemId> all = new ArrayList<>();
    items.list(id, ItemQuery.FIRST).items().forEach(item -> all.add(item.id()));
    for (int i = 0; i < 4; i++) {
      items.start(all.get(i));
    }
    items.fail(all.get(3), "as asked");
    Class<?> owner = WorkItems.class;
    call(owner, "add(String,Collection)", () -> items.add(id, List.of(NewItem.of(11))));
    call(owner, "add(String,NewItem)", () -> items.add(id, NewItem.of(12)));
    call(owner, "findRun(String)", () -> items.findRun(id));
    call(owner, "find(ItemId)", () -> items.find(all.get(0)));
    call(owner, "list(String,ItemQuery)", () -> items.list(id, ItemQuery.FIRST));
    call(owner, "failures(String)", () -> assertThat(items.failures(id)).hasSize(1));
    call(owner, "start(ItemId)", () -> items.start(all.get(4)));
    call(owner, "complete(ItemId,Object)", () -> items.complete(all.get(0), "done"));
    call(owner, "fail(ItemId,String)", () -> items.fail(all.get(1), "as asked"));
    call(owner, "reset(ItemId)", () -> items.reset(all.get(2)));
    call(owner, "cancel(ItemId,String)", () -> items.cancel(all.get(5), "not wanted"));
    call(owner, "retry(ItemId)", () -> items.retry(all.get(3)));
    call(
        owner,
        "retryFailed(String,String)",
        () -> assertThat(items.retryFailed(id, null)).isEqualTo(1));
    call(owner, "retryGroup(String,String)", () -> items.retryGroup(id, FailureKind.OTHER));
    call(owner, "close(String)", () -> items.close(id));
  }

  private void pools() {
    Class<?> owner = SynchronikManager.class;
    WorkerPool pool = manager.useWorkerPool("pool", 1);
    long paused = pool.addTask(PoolTask.of("paused", "plain"));
    Await.until(
        Probe.PATIENCE,
        () -> pool.findTask(paused).filter(task -> task.state().isFinal()).isPresent());
    call(owner, "useWorkerPool(String,int)", () -> manager.useWorkerPool("another", 1));
    call(owner, "findWorkerPool(String)", () -> manager.findWorkerPool("pool"));
    call(owner, "listWorkerPools()", () -> manager.listWorkerPools());
    Class<?> pools = WorkerPool.class;
    call(pools, "name()", () -> pool.name());
    call(pools, "view()", () -> pool.view());
    call(pools, "addTask(String,Work)", () -> pool.addTask("memory", run -> "done"));
    call(pools, "addTask(PoolTask)", () -> pool.addTask(PoolTask.of("one", "plain")));
    call(pools, "addTask(String,String,Object)", () -> pool.addTask("two", "plain", "payload"));
    call(
        pools, "addTask(String,Class,Object)", () -> pool.addTask("three", Plain.class, "payload"));
    call(pools, "findTask(long)", () -> pool.findTask(paused));
    call(pools, "findTasks(PoolTaskQuery)", () -> pool.findTasks(PoolTaskQuery.LATEST));
    call(pools, "pauseTask(long)", () -> pool.pauseTask(added(pool, "four")));
    call(
        pools,
        "resumeTask(long)",
        () -> {
          long task = added(pool, "five");
          pool.pauseTask(task);
          pool.resumeTask(task);
        });
    call(pools, "cancelTask(long)", () -> pool.cancelTask(added(pool, "six")));
    call(
        pools,
        "updateTask(long,PoolTaskChange)",
        () -> pool.updateTask(added(pool, "seven"), PoolTaskChange.NONE.withPriority(7)));
    call(pools, "resize(int)", () -> pool.resize(2));
    call(pools, "simulateRun()", () -> pool.simulateRun());
  }

  private void bulk() {
    Class<?> owner = BulkActions.class;
    BulkActions bulk = manager.bulk();
    BulkFilter none = BulkFilter.Items.ALL.ofUnit("nobody");
    BulkRequest request = BulkRequest.of(BulkAction.RETRY, none);
    String ended = bulk.start(request).id();
    call(
        owner,
        "count(BulkAction,BulkFilter)",
        () -> assertThat(bulk.count(BulkAction.RETRY, none)).isZero());
    call(owner, "start(BulkRequest)", () -> bulk.start(request.expecting(0).because("as asked")));
    call(owner, "find(String)", () -> assertThat(bulk.find(ended)).isPresent());
    call(
        owner,
        "list(BulkQuery)",
        () -> assertThat(bulk.list(BulkQuery.LATEST).items()).isNotEmpty());
    call(owner, "cancel(String)", () -> bulk.cancel(bulk.start(request).id()));
  }

  private static long added(WorkerPool pool, String name) {
    return pool.addTask(PoolTask.of(name, "plain"));
  }
}
