package io.synchronik.impl.admin.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.synchronik.RunRequest;
import io.synchronik.SynchronikManager;
import io.synchronik.impl.admin.AdminClasses;
import io.synchronik.impl.admin.bulk.BulkResource;
import io.synchronik.impl.admin.flow.ProcessRunsResource;
import io.synchronik.impl.admin.http.AdminResource;
import io.synchronik.impl.admin.http.Asked;
import io.synchronik.impl.admin.item.ItemsResource;
import io.synchronik.impl.admin.item.RunItemsResource;
import io.synchronik.impl.admin.journal.MilestonesResource;
import io.synchronik.impl.admin.json.RecordJson;
import io.synchronik.impl.admin.node.EngineResource;
import io.synchronik.impl.admin.node.NodesResource;
import io.synchronik.impl.admin.pool.PoolTasksResource;
import io.synchronik.impl.admin.pool.PoolsResource;
import io.synchronik.impl.admin.run.RunsResource;
import io.synchronik.impl.admin.unit.UnitControlResource;
import io.synchronik.impl.admin.unit.UnitRunsResource;
import io.synchronik.impl.admin.unit.UnitsResource;
import io.synchronik.impl.audit.Asking;
import io.synchronik.it.testkit.Await;
import io.synchronik.it.testkit.Database;
import io.synchronik.it.testkit.DatabaseKind;
import io.synchronik.it.testkit.Held;
import io.synchronik.it.testkit.Node;
import io.synchronik.it.testkit.Probe;
import io.synchronik.item.ItemPolicy;
import io.synchronik.item.ItemQuery;
import io.synchronik.item.ItemSource;
import io.synchronik.item.ItemView;
import io.synchronik.item.Items;
import io.synchronik.item.ManualItems;
import io.synchronik.monitor.AuditEntry;
import io.synchronik.monitor.AuditQuery;
import io.synchronik.pool.PoolTask;
import io.synchronik.pool.WorkerPool;
import io.synchronik.run.ItemId;
import io.synchronik.run.Page;
import io.synchronik.run.RunHandle;
import io.synchronik.run.RunState;
import io.synchronik.run.UnknownUnitException;
import io.synchronik.schedule.Overlap;
import io.synchronik.unit.UnitStatus;
import io.synchronik.worker.RunContext;
import io.synchronik.worker.WorkerDefinition;
import jakarta.annotation.Priority;
import jakarta.enterprise.inject.Alternative;
import jakarta.enterprise.inject.Produces;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.core.UriBuilder;
import jakarta.ws.rs.core.UriInfo;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.security.Principal;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What people do is written down with what comes of it. */
@ParameterizedClass
@EnumSource(DatabaseKind.class)
class AuditIT {
  private static final Asking.Asker ANNA = new Asking.Asker("anna", "192.0.2.7", "it is late");

  @Parameter DatabaseKind kind;
  private final Held held = Held.interruptibly();
  private final Set<String> done = new TreeSet<>();
  private Database database;
  private Node node;
  private SynchronikManager manager;

  /** Who is logged in on the thread. */
  private static final ThreadLocal<String> LOGIN = ThreadLocal.withInitial(() -> "");

  @Alternative
  @Priority(1)
  static class Login {
    @Produces
    Principal caller() {
      String name = LOGIN.get();
      return () -> name;
    }
  }

  private static final class ByHand implements ManualItems<Integer> {
    @Override
    public void enumerate(Items<Integer> items, RunContext run) {
      IntStream.range(0, 9).forEach(items::add);
      items.keepOpen();
    }

    @Override
    public ItemPolicy policy() {
      return ItemPolicy.continueOnFailure();
    }
  }

  @BeforeEach
  void start() {
    database = kind.create("audit");
    node =
        Node.on(database)
            .setting("synchronik.loop-interval", "200ms")
            .setting("synchronik.stop-grace", "100ms")
            .beans(Login.class)
            .start();
    manager = node.manager();
    manager.registerUnit(WorkerDefinition.of("plain", run -> "done"));
    manager.registerUnit(WorkerDefinition.of("gone", run -> "done"));
    manager.registerUnit(
        WorkerDefinition.of("held", held).with(config -> config.overlap(Overlap.ALLOW)));
    manager.registerUnit(
        ItemSource.worker("by-hand", Integer.class, new ByHand())
            .with(config -> config.overlap(Overlap.ALLOW)));
  }

  @AfterEach
  void stop() {
    held.letAllGo();
    node.close();
    database.close();
  }

  private List<AuditEntry> entries() {
    return manager.monitoring().audit(AuditQuery.LATEST.limit(1000)).items();
  }

  private static InputStream body(String json) {
    return new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8));
  }

  private static InputStream nothing() {
    return InputStream.nullInputStream();
  }

  private <R extends AdminResource> R asked(R resource) {
    return Asked.byAdmin(manager, resource);
  }

  /** Calls a method of a resource as somebody, and returns what is written down of it. */
  private AuditEntry.What told(Class<?> resource, String method, Callable<?> call)
      throws Exception {
    int before = entries().size();
    ask(call);
    done.add(resource.getSimpleName() + "." + method);
    List<AuditEntry> entries = entries();
    assertThat(entries).as(method).hasSize(before + 1);
    AuditEntry entry = entries.get(0);
    assertThat(entry.who()).isEqualTo(new AuditEntry.Who("anna", "192.0.2.7"));
    assertThat(entry.reason()).isEqualTo("it is late");
    return entry.what();
  }

  /** Without JAX-RS no response with a status can be made, after all is done. */
  private static void ask(Callable<?> call) throws Exception {
    try {
      Asking.by(ANNA, call);
    } catch (RuntimeException e) {
      assertThat(e).hasMessageContaining("RuntimeDelegate");
    }
  }

  private static AuditEntry.What what(
      String action, String kind, String target, @Nullable String before, @Nullable String after) {
    return new AuditEntry.What(action, kind, target, before, after);
  }

  /** Whoever adds a command adds it here. */
  @Test
  void everyCommandOverHttpIsTold() throws Exception {
    units();
    runs();
    items();
    pools();
    rest();

    Set<String> all = new TreeSet<>();
    for (Class<?> resource : AdminClasses.all()) {
      Stream.of(resource.getDeclaredMethods())
          .filter(
              method ->
                  Stream.of(POST.class, PUT.class, PATCH.class, DELETE.class)
                      .anyMatch(method::isAnnotationPresent))
          .forEach(method -> all.add(resource.getSimpleName() + "." + method.getName()));
    }
    // It only counts
    all.remove("BulkResource.countRequested");
    assertThat(done).isEqualTo(all);
  }

  private void units() throws Exception {
    Class<?> type = UnitControlResource.class;
    UnitControlResource units = asked(new UnitControlResource());
    assertThat(
            told(
                type,
                "pause",
                () -> units.pause("plain", body("{\"until\":\"2100-01-01T00:00:00Z\"}"))))
        .isEqualTo(what("pause", "unit", "plain", null, "2100-01-01T00:00:00Z"));
    assertThat(told(type, "resume", () -> units.resume("plain", nothing())))
        .isEqualTo(what("resume", "unit", "plain", null, null));
    assertThat(told(type, "disable", () -> units.disable("plain", nothing())))
        .isEqualTo(what("disable", "unit", "plain", null, null));
    assertThat(told(type, "enable", () -> units.enable("plain", nothing())))
        .isEqualTo(what("enable", "unit", "plain", null, null));
    assertThat(
            told(type, "status", () -> units.status("plain", body("{\"status\":\"completed\"}"))))
        .isEqualTo(what("status", "unit", "plain", "idle", "completed"));
    assertThat(
            told(
                type,
                "configure",
                () -> units.configure("plain", body("{\"maxRetries\":3,\"every\":\"1h\"}"))))
        .satisfies(
            configured -> {
              assertThat(configured.action()).isEqualTo("configure");
              assertThat(configured.before()).contains("\"maxRetries\":\"0\"");
              assertThat(configured.after())
                  .contains("\"maxRetries\":\"3\"", "\"every\":\"1h\"")
                  .doesNotContain("overlap");
            });
    RunHandle one = manager.runWorkerById("held");
    RunHandle two = manager.runWorkerById("held");
    assertThat(told(type, "stop", () -> units.stop("held", nothing())))
        .isEqualTo(what("stop", "unit", "held", null, null));
    one.join(Probe.PATIENCE);
    two.join(Probe.PATIENCE);
    UnitsResource list = asked(new UnitsResource());
    assertThat(told(UnitsResource.class, "release", () -> list.release("gone", null)))
        .isEqualTo(what("release", "unit", "gone", null, null));
  }

  private void runs() throws Exception {
    UnitRunsResource unit = asked(new UnitRunsResource());
    AuditEntry.What asked =
        told(
            UnitRunsResource.class,
            "run",
            () -> unit.run("held", "key", uri(), body("{\"payload\":1}")));
    String run = asked.after();
    assertThat(asked).isEqualTo(what("run", "unit", "held", null, run));
    Await.until(
        Probe.PATIENCE, () -> manager.getRunById(run).orElseThrow().state() == RunState.RUNNING);
    RunsResource runs = asked(new RunsResource());
    assertThat(told(RunsResource.class, "cancel", () -> runs.cancel(run, nothing())))
        .isEqualTo(what("cancel", "run", run, "running", null));
    int entries = entries().size();
    ask(() -> unit.run("held", "key", uri(), body("{\"payload\":1}")));
    assertThat(entries()).as("the same key").hasSize(entries);
    RunHandle items = manager.runWorkerById("by-hand");
    Await.until(Probe.PATIENCE, () -> items(items).size() == 9);
    items.cancel();
    items.join(Probe.PATIENCE);
    ProcessRunsResource again = asked(new ProcessRunsResource());
    AuditEntry.What retried =
        told(
            ProcessRunsResource.class,
            "retry",
            () -> again.retry(items.id().value(), null, uri(), nothing()));
    assertThat(retried).isEqualTo(what("retry", "run", items.id().value(), null, retried.after()));
    assertThat(manager.getRunById(retried.after())).isPresent();
    manager.findRun(retried.after()).orElseThrow().cancel();
  }

  /** Only the addresses of what is made are asked of it. */
  private static UriInfo uri() {
    return (UriInfo)
        Proxy.newProxyInstance(
            AuditIT.class.getClassLoader(),
            new Class<?>[] {UriInfo.class},
            (proxy, method, arguments) -> UriBuilder.fromUri("http://localhost/"));
  }

  private List<ItemView> items(RunHandle run) {
    return manager.items().list(run.id().value(), ItemQuery.FIRST).items();
  }

  private void items() throws Exception {
    RunHandle handle = manager.runWorkerById("by-hand");
    String run = handle.id().value();
    Await.until(Probe.PATIENCE, () -> items(handle).size() == 9);
    List<String> ids = items(handle).stream().map(item -> item.id().toString()).toList();
    Class<?> type = ItemsResource.class;
    ItemsResource items = asked(new ItemsResource());
    assertThat(told(type, "start", () -> items.start(ids.get(0), nothing())))
        .isEqualTo(what("start", "item", ids.get(0), null, null));
    assertThat(told(type, "complete", () -> items.complete(ids.get(0), nothing())))
        .isEqualTo(what("complete", "item", ids.get(0), null, null));
    for (int i = 1; i < 4; i++) {
      manager.items().start(ItemId.of(ids.get(i)));
    }
    assertThat(told(type, "fail", () -> items.fail(ids.get(1), body("{\"reason\":\"no\"}"))))
        .isEqualTo(what("fail", "item", ids.get(1), null, null));
    assertThat(told(type, "reset", () -> items.reset(ids.get(2), nothing())))
        .isEqualTo(what("reset", "item", ids.get(2), null, null));
    assertThat(told(type, "cancel", () -> items.cancel(ids.get(2), nothing())))
        .isEqualTo(what("cancel", "item", ids.get(2), null, null));
    assertThat(told(type, "retry", () -> items.retry(ids.get(1), nothing())))
        .isEqualTo(what("retry", "item", ids.get(1), null, null));
    manager.items().fail(ItemId.of(ids.get(3)), "no");
    Class<?> ofRun = RunItemsResource.class;
    RunItemsResource all = asked(new RunItemsResource());
    assertThat(told(ofRun, "retry", () -> all.retry(run, body("{\"failure\":\"no\"}"))))
        .isEqualTo(what("retry-items", "run", run, "no", "1"));
    assertThat(told(ofRun, "add", () -> all.add(run, body("[{\"payload\":10},{\"payload\":11}]"))))
        .isEqualTo(what("add-items", "run", run, null, "2"));
    assertThat(told(ofRun, "close", () -> all.close(run, nothing())))
        .isEqualTo(what("close-items", "run", run, null, null));
  }

  private void pools() throws Exception {
    PoolsResource pools = asked(new PoolsResource());
    Class<?> type = PoolsResource.class;
    assertThat(told(type, "size", () -> pools.size("pool", body("{\"size\":1}"))))
        .isEqualTo(what("create", "pool", "pool", null, "1"));
    assertThat(told(type, "size", () -> pools.size("pool", body("{\"size\":2}"))))
        .isEqualTo(what("resize", "pool", "pool", "1", "2"));
    Class<?> ofPool = PoolTasksResource.class;
    PoolTasksResource tasks = asked(new PoolTasksResource());
    WorkerPool pool = manager.findWorkerPool("pool").orElseThrow();
    long first = pool.addTask(PoolTask.of("first", "plain"));
    Await.until(
        Probe.PATIENCE,
        () -> pool.findTask(first).filter(task -> task.state().isFinal()).isPresent());
    assertThat(
            told(
                ofPool,
                "add",
                () -> tasks.add("pool", uri(), body("{\"name\":\"a\",\"worker\":\"held\"}"))))
        .isEqualTo(what("add", "task", "pool/2", null, "a"));
    pool.addTask(PoolTask.of("b", "held"));
    pool.addTask(PoolTask.of("c", "held"));
    assertThat(told(ofPool, "pause", () -> tasks.pause("pool", "4", nothing())))
        .isEqualTo(what("pause", "task", "pool/4", null, null));
    assertThat(told(ofPool, "resume", () -> tasks.resume("pool", "4", nothing())))
        .isEqualTo(what("resume", "task", "pool/4", null, null));
    assertThat(told(ofPool, "change", () -> tasks.change("pool", "4", body("{\"priority\":3}"))))
        .isEqualTo(what("update", "task", "pool/4", null, null));
    assertThat(told(ofPool, "cancel", () -> tasks.cancel("pool", "4", nothing())))
        .isEqualTo(what("cancel", "task", "pool/4", null, null));
  }

  private void rest() throws Exception {
    MilestonesResource milestones = asked(new MilestonesResource());
    assertThat(
            told(
                MilestonesResource.class,
                "announce",
                () -> {
                  milestones.announce("month:closed", nothing());
                  return null;
                }))
        .isEqualTo(what("announce", "milestone", "month:closed", null, null));
    Class<?> type = EngineResource.class;
    EngineResource engine = asked(new EngineResource());
    assertThat(told(type, "stopAll", () -> engine.stopAll(nothing())))
        .isEqualTo(what("stop-all", "engine", "test", null, null));
    assertThat(told(type, "startAll", () -> engine.startAll(nothing())))
        .isEqualTo(what("start-all", "engine", "test", null, null));
    NodesResource nodes = asked(new NodesResource());
    String incarnation = manager.nodes().list().get(0).incarnation();
    Class<?> ofNodes = NodesResource.class;
    assertThat(told(ofNodes, "drain", () -> nodes.drain(incarnation, nothing())))
        .isEqualTo(what("drain", "node", incarnation, null, null));
    assertThat(told(ofNodes, "resume", () -> nodes.resume(incarnation, nothing())))
        .isEqualTo(what("resume", "node", incarnation, null, null));
    String name = manager.getEngineStats().node().name();
    assertThat(told(type, "stop", () -> engine.stop(nothing())))
        .isEqualTo(what("stop", "engine", name, null, null));
    assertThat(told(type, "start", () -> engine.start(nothing())))
        .isEqualTo(what("start", "engine", name, null, null));
    bulk();
  }

  /** Nobody carries it out. */
  private void bulk() throws Exception {
    manager.stop();
    Class<?> type = BulkResource.class;
    BulkResource bulk = asked(new BulkResource());
    AuditEntry.What begun =
        told(
            type,
            "start",
            () ->
                bulk.start(
                    body(
                        "{\"action\":\"pause\",\"over\":\"units\",\"filter\":{\"ids\":[\"plain\"]},"
                            + "\"expected\":1}")));
    String id = begun.target();
    assertThat(begun)
        .isEqualTo(
            what(
                "bulk",
                "bulk",
                id,
                null,
                "{\"action\":\"pause\",\"over\":\"units\",\"ids\":\"plain\",\"expected\":1}"));
    assertThat(told(type, "cancel", () -> bulk.cancel(id, nothing())))
        .isEqualTo(what("cancel", "bulk", id, null, null));
  }

  @Test
  void codeIsToldOfOnlyWhatIsAdministrative() throws Exception {
    RunHandle run = manager.runUnitById("plain", RunRequest.PLAIN.by("anna"));
    run.join(Probe.PATIENCE);
    manager.emitMilestone("closed", null);
    RunHandle hands = manager.runWorkerById("by-hand");
    Await.until(Probe.PATIENCE, () -> items(hands).size() == 9);
    ItemId item = items(hands).get(0).id();
    manager.items().start(item);
    manager.items().complete(item, null);
    manager.useWorkerPool("pool", 1).addTask(PoolTask.of("one", "held"));
    manager.useWorkerPool("pool", 2);
    RunHandle inside = node.inTransaction(() -> manager.runWorkerById("plain"));
    inside.join(Probe.PATIENCE);
    assertThat(entries()).as("what applications do all day").isEmpty();

    manager.pause("plain");
    manager.updateStatus("plain", UnitStatus.IDLE);
    manager.findWorkerPool("pool").orElseThrow().resize(3);
    hands.cancel();
    manager.stopAll();
    manager.startAll();

    assertThat(entries())
        .allSatisfy(
            entry -> {
              assertThat(entry.who()).isEqualTo(new AuditEntry.Who(null, null));
              assertThat(entry.reason()).isNull();
            })
        .extracting(entry -> entry.what().action())
        .containsExactly("start-all", "stop-all", "cancel", "resize", "status", "pause");
    held.letAllGo();
  }

  @Test
  void onlyWhatComesTrueIsTold() throws Exception {
    assertThatThrownBy(() -> manager.pause("unknown")).isInstanceOf(UnknownUnitException.class);
    assertThatThrownBy(
            () ->
                node.inTransaction(
                    () -> {
                      manager.pause("plain");
                      manager.stopAll();
                      throw new IllegalStateException("not so");
                    }))
        .hasMessage("not so");
    assertThat(entries()).isEmpty();

    node.inTransaction(
        () -> {
          manager.disable("plain");
          manager.stopAll();
          assertThat(entries()).hasSize(2);
          assertThat(number("select count(*) from sk_audit")).as("for others").isZero();
        });

    assertThat(entries())
        .extracting(entry -> entry.what().action())
        .containsExactly("stop-all", "disable");
  }

  /** Another thread gives it then. */
  @Test
  void orderInsideATransactionIsThatOfWhoGaveIt() throws Exception {
    String itself = manager.nodes().list().get(0).incarnation();

    Asking.by(
        ANNA,
        () -> {
          node.inTransaction(() -> manager.nodes().drain(itself));
          return null;
        });
    LOGIN.set("ben");
    try {
      node.inTransaction(() -> manager.nodes().resume(itself));
    } finally {
      LOGIN.remove();
    }

    assertThat(entries())
        .extracting(AuditEntry::who)
        .containsExactly(new AuditEntry.Who("ben", null), new AuditEntry.Who("anna", "192.0.2.7"));
  }

  private long number(String sql) {
    try {
      return database.number(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void entriesAreFoundByWhatTheyAreAbout() throws Exception {
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      Asking.Asker asker = i % 2 == 0 ? ANNA : new Asking.Asker("ben", null, null);
      String unit = i < 3 ? "plain" : "gone";
      Asking.by(
          asker,
          () -> {
            manager.pause(unit);
            manager.resume(unit);
            return null;
          });
    }
    entries().forEach(entry -> ids.add(entry.id()));

    assertThat(ids).hasSize(10).isSortedAccordingTo((one, other) -> other.compareTo(one));
    AuditQuery all = AuditQuery.LATEST;
    assertThat(list(all.of("plain")).items()).hasSize(6);
    assertThat(list(all.by("ben")).items()).hasSize(4);
    assertThat(list(all.action("pause")).items()).hasSize(5);
    assertThat(list(all.of("plain").by("ben").action("pause")).items()).hasSize(1);
    Page<AuditEntry> first = list(all.limit(4));
    assertThat(first.items()).extracting(AuditEntry::id).isEqualTo(ids.subList(0, 4));
    assertThat(list(all.before(first.next())).items())
        .extracting(AuditEntry::id)
        .isEqualTo(ids.subList(4, 10));
    assertThat(list(all.limit(10)).next()).isNull();
    AuditResource asAdmin = asked(new AuditResource());
    assertThat(RecordJson.write(asAdmin.list("plain", "anna", "pause", null, "1")))
        .contains("\"by\":\"anna\"", "\"address\":\"192.0.2.7\"", "\"reason\":\"it is late\"");
    AuditResource asViewer = Asked.byViewer(manager, new AuditResource());
    assertThat(RecordJson.write(asViewer.list(null, "anna", null, null, null)))
        .contains("\"by\":\"anna\"", "\"reason\":\"it is late\"")
        .doesNotContain("192.0.2.7");
  }

  private Page<AuditEntry> list(AuditQuery query) {
    return manager.monitoring().audit(query);
  }

  @Test
  void entriesGoWhenTheirTimeIsOver() throws Exception {
    manager.pause("plain");
    database.execute(
        """
        insert into sk_audit (app, id, at, action, kind, target)
        select app, '01A' || id, at, action, kind, target from sk_audit
        """);
    assertThat(entries()).hasSize(2);

    manager.runWatcherScan();

    assertThat(entries()).hasSize(1);
    assertThat(entries().get(0).id()).doesNotStartWith("01A0");
  }
}
