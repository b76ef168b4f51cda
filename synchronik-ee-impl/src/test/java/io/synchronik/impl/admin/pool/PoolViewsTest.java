package io.synchronik.impl.admin.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.synchronik.impl.admin.json.ProblemException;
import io.synchronik.impl.admin.json.Problems;
import io.synchronik.impl.admin.json.RecordJson;
import io.synchronik.impl.admin.json.Sight;
import io.synchronik.impl.admin.unit.Samples;
import io.synchronik.pool.PoolSimulation;
import io.synchronik.pool.PoolTask;
import io.synchronik.pool.PoolTaskChange;
import io.synchronik.pool.PoolTaskQuery;
import io.synchronik.pool.PoolTaskState;
import io.synchronik.pool.PoolTaskView;
import io.synchronik.pool.PoolView;
import io.synchronik.pool.UnknownPoolException;
import io.synchronik.pool.UnknownTaskException;
import io.synchronik.run.Page;
import io.synchronik.run.RunId;
import io.synchronik.unit.UnitId;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What pools and their tasks look like, and how requests about them are read. */
class PoolViewsTest {
  private static final Sight ALL = new Sight(true, true);
  private static final Sight VIEWER = new Sight(false, true);
  private static final Sight LIST = new Sight(true, false);

  private static PoolTaskView failed() {
    return new PoolTaskView(
        "thumbnails",
        7,
        "cover-17",
        PoolTaskState.ERROR,
        new PoolTaskView.Given(
            new UnitId("render"), true, 3, "kari", new Samples.Json("{\"customer\":7}")),
        new PoolTaskView.Times(Samples.AT, Samples.AT, Samples.AT.plusMillis(1500)),
        new PoolTaskView.Outcome(
            new RunId("01RUN"), new Samples.Json("[1]"), Samples.failure(), null));
  }

  private static PoolTaskView inMemory() {
    return new PoolTaskView(
        "thumbnails",
        8,
        "code",
        PoolTaskState.PENDING,
        new PoolTaskView.Given(null, false, 0, null, new Samples.Json(null)),
        new PoolTaskView.Times(Samples.AT, null, null),
        new PoolTaskView.Outcome(null, new Samples.Json(null), null, null));
  }

  @Test
  void showsAPoolWithItsNumbers() {
    PoolView pool = new PoolView("thumbnails", 4, new PoolView.Tasks(1, 2, 3, 4, 5, 6), Samples.AT);

    assertThat(RecordJson.write(PoolJson.of(pool)))
        .isEqualTo(
            """
            {"name":"thumbnails","size":4,"tasks":{"pending":1,"paused":2,"running":3,\
            "completed":4,"error":5,"canceled":6},"createdAt":"2030-01-31T08:00:00Z"}\
            """);
  }

  @Test
  void showsAdminsAllOfATask() {
    assertThat(RecordJson.write(PoolTaskJson.of(failed(), ALL)))
        .isEqualTo(
            """
            {"pool":"thumbnails","id":7,"name":"cover-17","state":"error","worker":"render",\
            "durable":true,"priority":3,"requestedBy":"kari","addedAt":"2030-01-31T08:00:00Z",\
            "startedAt":"2030-01-31T08:00:00Z","endedAt":"2030-01-31T08:00:01.500Z",\
            "durationMs":1500,"run":"01RUN","failure":{"type":"acme.FeedDown",\
            "message":"customer 7 is secret","stackTrace":"at acme.Feed"},\
            "payload":{"customer":7},"result":[1]}\
            """);
  }

  @Test
  void showsViewersNoPayloadNoResultAndNoErrorText() {
    assertThat(RecordJson.write(PoolTaskJson.of(failed(), VIEWER)))
        .contains("\"failure\":{\"type\":\"acme.FeedDown\"}")
        .doesNotContain("customer", "payload", "result", "stackTrace");
  }

  @Test
  void keepsListsOfTasksSmall() {
    assertThat(
            RecordJson.write(
                PoolTaskListJson.of(new Page<>(List.of(failed(), inMemory()), "7"), LIST)))
        .contains("customer 7 is secret", "\"next\":\"7\"")
        .doesNotContain("payload", "\"result\"", "stackTrace");
  }

  @Test
  void saysThatCodeInMemoryIsNotDurable() {
    assertThat(RecordJson.write(PoolTaskJson.of(inMemory(), ALL)))
        .isEqualTo(
            """
            {"pool":"thumbnails","id":8,"name":"code","state":"pending","durable":false,\
            "priority":0,"addedAt":"2030-01-31T08:00:00Z"}\
            """);
  }

  @Test
  void showsASimulationAsTextAndTasks() {
    assertThat(
            RecordJson.write(
                SimulationJson.of(
                    new PoolSimulation(
                        List.of(
                            new PoolSimulation.Planned(1, "a", true),
                            new PoolSimulation.Planned(2, "b", false))))))
        .isEqualTo(
            """
            {"text":"Execution sequence: 1. a, 2. b","tasks":[{"id":1,"name":"a","atOnce":true},\
            {"id":2,"name":"b","atOnce":false}]}\
            """);
    assertThat(RecordJson.write(SimulationJson.of(new PoolSimulation(List.of()))))
        .isEqualTo("{\"text\":\"No tasks pending for execution.\",\"tasks\":[]}");
  }

  private static InputStream body(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }

  private static void assertRefused(ThrowingCallable call, String field) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            ProblemException.class,
            thrown -> {
              assertThat(thrown.problem().status()).isEqualTo(400);
              assertThat(thrown.problem().field()).isEqualTo(field);
            });
  }

  @Test
  void readsATask() throws Exception {
    PoolTask task =
        RequestedTask.read(
            body("{\"name\":\"a\",\"worker\":\"w\",\"priority\":-3,\"payload\":[1]}"), "kari");

    assertThat(task.name()).isEqualTo("a");
    assertThat(task.target()).isEqualTo(new PoolTask.ById("w"));
    assertThat(task.priority()).isEqualTo(-3);
    assertThat(task.payload()).hasToString("[1]");
    assertThat(task.requestedBy()).isEqualTo("kari");
    assertThat(RequestedTask.read(body("{\"name\":\"a\",\"worker\":\"w\"}"), "kari").priority())
        .isZero();
  }

  @Test
  void namesWhatIsWrongWithATask() {
    assertRefused(() -> RequestedTask.read(body("{\"worker\":\"w\"}"), "kari"), "name");
    assertRefused(() -> RequestedTask.read(body("{\"name\":\"a\"}"), "kari"), "worker");
    assertRefused(() -> RequestedTask.read(body("{\"code\":\"a\"}"), "kari"), "code");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"1\"", "1.5", "true", "[1]", "3000000000", "1e99"})
  void takesWholeNumbersOnly(String value) {
    assertRefused(
        () ->
            RequestedTask.read(
                body("{\"name\":\"a\",\"worker\":\"w\",\"priority\":" + value + "}"), "kari"),
        "priority");
    assertRefused(() -> RequestedTask.size(body("{\"size\":" + value + "}")), "size");
    assertRefused(() -> RequestedTask.size(body("{}")), "size");
  }

  @Test
  void changeTellsWhatIsLeftFromWhatIsTakenAway() throws Exception {
    assertThat(RequestedTask.change(body("{}"))).isEqualTo(PoolTaskChange.NONE);
    assertThat(RequestedTask.change(body("{\"payload\":null}")))
        .isEqualTo(PoolTaskChange.NONE.withPayload(null));
    assertThat(RequestedTask.change(body("{\"priority\":4}")))
        .isEqualTo(PoolTaskChange.NONE.withPriority(4));
  }

  @Test
  void readsAQuery() {
    assertThat(PoolTasksResource.query(List.of("pending,running"), "7", "2"))
        .isEqualTo(new PoolTaskQuery(Set.of(PoolTaskState.PENDING, PoolTaskState.RUNNING), 7L, 2));
    assertRefused(() -> PoolTasksResource.query(List.of("lost"), null, null), "state");
    assertRefused(() -> PoolTasksResource.query(List.of(), "x", null), "cursor");
    assertRefused(() -> PoolTasksResource.query(List.of(), null, "0"), "limit");
  }

  @Test
  void whatIsNotThereIsAProblem() {
    assertThat(Problems.of(new UnknownPoolException("SYNC-0102 none")).status()).isEqualTo(404);
    assertThat(Problems.of(new UnknownTaskException("SYNC-0105 none")).status()).isEqualTo(404);
    assertThat(Problems.of(new UnknownTaskException("SYNC-0105 none")).code())
        .isEqualTo("SYNC-0105");
  }
}
