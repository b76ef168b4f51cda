package io.synchronik.impl.admin.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.synchronik.impl.admin.http.Asked;
import io.synchronik.impl.admin.json.ProblemJson;
import io.synchronik.impl.admin.json.Problems;
import io.synchronik.it.testkit.Await;
import io.synchronik.it.testkit.Database;
import io.synchronik.it.testkit.DatabaseKind;
import io.synchronik.it.testkit.Held;
import io.synchronik.it.testkit.Node;
import io.synchronik.it.testkit.Probe;
import io.synchronik.worker.WorkerDefinition;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** The resources of pools on an engine, without HTTP. */
@ParameterizedClass
@EnumSource(DatabaseKind.class)
class PoolResourcesIT {
  @Parameter DatabaseKind kind;
  private final Held held = Held.interruptibly();
  private Database database;
  private Node node;
  private PoolsResource pools;
  private PoolTasksResource tasks;

  @BeforeEach
  void start() {
    database = kind.create("pool_resources");
    node = Node.on(database).setting("synchronik.loop-interval", "200ms").start();
    node.manager().registerUnit(WorkerDefinition.of("held", held));
    pools = Asked.byAdmin(node.manager(), new PoolsResource());
    tasks = Asked.byAdmin(node.manager(), new PoolTasksResource());
  }

  @AfterEach
  void stop() {
    held.letAllGo();
    node.close();
    database.close();
  }

  private static InputStream body(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }

  private static InputStream none() {
    return body("");
  }

  private static ProblemJson problem(ThrowingCallable call) {
    return Problems.of(catchThrowable(call));
  }

  private void await(String state, String id) {
    Await.until(Probe.PATIENCE, () -> tasks.show("errands", id).state().equals(state));
  }

  @Test
  void poolIsCreatedResizedAndShown() throws Exception {
    assertThat(pools.list().items()).isEmpty();

    PoolJson created = pools.size("errands", body("{\"size\":2}"));
    assertThat(created.size()).isEqualTo(2);
    assertThat(pools.size("errands", body("{\"size\":3}")).size()).isEqualTo(3);

    assertThat(pools.list().items()).containsExactly(pools.show("errands"));
    assertThat(pools.show("errands").createdAt()).isEqualTo(created.createdAt());
  }

  @Test
  void taskGoesThroughAllThatPeopleDoToIt() throws Exception {
    pools.size("errands", body("{\"size\":1}"));
    PoolTaskJson first =
        tasks.added("errands", body("{\"name\":\"a\",\"worker\":\"held\",\"payload\":{\"n\":1}}"));
    assertThat(first.id()).isEqualTo(1);
    assertThat(first.requestedBy()).isEqualTo("kari");
    assertThat(first.payload()).hasToString("{\"n\":1}");
    held.awaitBegun();
    tasks.added("errands", body("{\"name\":\"b\",\"worker\":\"held\"}"));
    tasks.added("errands", body("{\"name\":\"c\",\"worker\":\"held\",\"priority\":1}"));

    assertThat(pools.simulate("errands").text()).isEqualTo("Execution sequence: 1. c, 2. b");
    assertThat(tasks.pause("errands", "3", none()).state()).isEqualTo("paused");
    assertThat(pools.simulate("errands").text()).isEqualTo("No tasks pending for execution.");
    assertThat(tasks.change("errands", "2", body("{\"priority\":5,\"payload\":7}")).priority())
        .isEqualTo(5);
    assertThat(tasks.show("errands", "2").payload()).hasToString("7");
    assertThat(pools.simulate("errands").text()).isEqualTo("Execution sequence: 1. b");
    assertThat(tasks.resume("errands", "3", none()).state()).isEqualTo("pending");
    assertThat(tasks.cancel("errands", "3", none()).state()).isEqualTo("canceled");
    assertThat(tasks.list("errands", List.of("running,pending"), null, null).items())
        .extracting(PoolTaskJson::name)
        .containsExactly("b", "a");
    held.letAllGo();

    await("completed", "1");
    await("completed", "2");
    assertThat(tasks.show("errands", "1").result()).hasToString("1");
    PoolTaskListJson page = tasks.list("errands", List.of(), null, "2");
    assertThat(page.items()).extracting(PoolTaskJson::id).containsExactly(3L, 2L);
    assertThat(tasks.list("errands", List.of(), page.next(), "2").items())
        .extracting(PoolTaskJson::id)
        .containsExactly(1L);
    assertThat(
            Asked.byViewer(node.manager(), new PoolTasksResource()).show("errands", "1").payload())
        .isNull();
  }

  @Test
  void whatIsWrongIsAProblemWithItsNumber() throws Exception {
    assertThat(problem(() -> pools.show("nothing")).status()).isEqualTo(404);
    assertThat(problem(() -> pools.show("not a name")).status()).isEqualTo(404);
    assertProblem(problem(() -> pools.size("a b", body("{\"size\":1}"))), 400, "SYNC-0100", "name");
    assertProblem(problem(() -> pools.size("x", body("{\"size\":0}"))), 400, "SYNC-0101", "size");
    assertThat(pools.list().items()).isEmpty();
    pools.size("errands", body("{\"size\":1}"));
    assertProblem(
        problem(() -> pools.size("errands", body("{\"size\":-1}"))), 400, "SYNC-0101", "size");
    String unknown = "{\"name\":\"a\",\"worker\":\"nobody\"}";
    assertProblem(problem(() -> tasks.added("errands", body(unknown))), 400, "SYNC-0060", "worker");
    String nameless = "{\"name\":\"\",\"worker\":\"held\"}";
    assertProblem(problem(() -> tasks.added("errands", body(nameless))), 400, "SYNC-0103", "name");
    String large =
        "{\"name\":\"a\",\"worker\":\"held\",\"payload\":\"%s\"}".formatted("x".repeat(70_000));
    assertProblem(problem(() -> tasks.added("errands", body(large))), 400, "SYNC-0067", "payload");
    assertThat(tasks.list("errands", List.of(), null, null).items()).isEmpty();
    String task = "{\"name\":\"a\",\"worker\":\"held\"}";
    tasks.added("errands", body(task));
    held.awaitBegun();
    assertProblem(problem(() -> tasks.added("errands", body(task))), 409, "SYNC-0104", null);
    assertProblem(problem(() -> tasks.pause("errands", "1", none())), 409, "SYNC-0106", null);
    assertProblem(problem(() -> tasks.change("errands", "1", body("{}"))), 409, "SYNC-0106", null);
    assertProblem(problem(() -> tasks.cancel("errands", "2", none())), 404, "SYNC-0105", null);
    assertThat(problem(() -> tasks.show("errands", "2")).status()).isEqualTo(404);
    assertThat(problem(() -> tasks.show("errands", "x")).status()).isEqualTo(404);
    assertThat(problem(() -> tasks.list("nothing", List.of(), null, null)).status()).isEqualTo(404);
  }

  private static void assertProblem(ProblemJson problem, int status, String code, String field) {
    assertThat(problem.status()).as(problem.toString()).isEqualTo(status);
    assertThat(problem.code()).isEqualTo(code);
    assertThat(problem.field()).isEqualTo(field);
  }
}
