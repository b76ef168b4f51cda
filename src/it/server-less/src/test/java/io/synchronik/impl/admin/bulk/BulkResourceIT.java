package io.synchronik.impl.admin.bulk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.synchronik.RunQuery;
import io.synchronik.SynchronikManager;
import io.synchronik.bulk.BulkCountException;
import io.synchronik.bulk.UnknownBulkException;
import io.synchronik.impl.admin.http.Asked;
import io.synchronik.impl.admin.json.ProblemException;
import io.synchronik.impl.admin.json.ProblemJson;
import io.synchronik.impl.admin.json.Problems;
import io.synchronik.impl.admin.json.RecordJson;
import io.synchronik.it.testkit.Await;
import io.synchronik.it.testkit.Database;
import io.synchronik.it.testkit.DatabaseKind;
import io.synchronik.it.testkit.Node;
import io.synchronik.it.testkit.Probe;
import io.synchronik.run.RunHandle;
import io.synchronik.schedule.Overlap;
import io.synchronik.worker.WorkerDefinition;
import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.core.MultivaluedMap;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What is done to many, as the resource takes and tells it. */
@ParameterizedClass
@EnumSource(DatabaseKind.class)
class BulkResourceIT {
  @Parameter DatabaseKind kind;
  private Database database;
  private Node node;
  private SynchronikManager manager;
  private BulkResource bulk;

  @BeforeEach
  void start() {
    database = kind.create("bulk");
    node = Node.on(database).setting("synchronik.loop-interval", "200ms").start();
    manager = node.manager();
    manager.registerUnit(
        WorkerDefinition.of(
                "fails",
                run -> {
                  throw new IllegalStateException("broken");
                })
            .with(config -> config.overlap(Overlap.ALLOW)));
    bulk = Asked.byAdmin(manager, new BulkResource());
  }

  @AfterEach
  void stop() {
    node.close();
    database.close();
  }

  private static InputStream body(String json) {
    return new ByteArrayInputStream(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
  }

  private static MultivaluedMap<String, String> parameters(String... namesAndValues) {
    MultivaluedMap<String, String> all = new MultivaluedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      all.add(namesAndValues[i], namesAndValues[i + 1]);
    }
    return all;
  }

  private void fail(int runs) {
    List<RunHandle> failed =
        IntStream.range(0, runs).mapToObj(i -> manager.runWorkerById("fails")).toList();
    failed.forEach(run -> run.join(Probe.PATIENCE));
  }

  private BulkJson ended(BulkJson begun) {
    Await.until(Probe.PATIENCE, () -> !bulk.show(begun.id()).state().equals("running"));
    return bulk.show(begun.id());
  }

  @Test
  void countsBeginsShowsAndLists() throws Exception {
    fail(12);
    assertThat(
            bulk.count(
                    parameters(
                        "action", "retry", "over", "runs", "unit", "fails", "states", "failed"))
                .count())
        .isEqualTo(12);
    manager.pause("fails");

    BulkJson begun =
        bulk.start(
            body(
                "{'action':'retry','over':'runs','filter':{'unit':'fails','states':['failed']},"
                    + "'expected':12}"));
    BulkJson ended = ended(begun);

    assertThat(RecordJson.write(ended))
        .contains(
            "\"action\":\"retry\"",
            "\"over\":\"runs\"",
            "\"filter\":{\"unit\":\"fails\",\"states\":[\"failed\"]}",
            "\"state\":\"failed\"",
            "\"progress\":{\"expected\":12,\"done\":0,\"skipped\":0,\"failed\":12,\"held\":0,",
            "SYNC-0062");
    assertThat(RecordJson.write(Asked.byViewer(manager, new BulkResource()).show(begun.id())))
        .doesNotContain("SYNC-0062");
    BulkJson units =
        ended(bulk.start(body("{'action':'resume','over':'units','filter':{'ids':['fails']}}")));
    assertThat(units.progress().done()).isEqualTo(1);
    assertThat(units.filter().ids()).containsExactly("fails");
    BulkJson.ListJson page = bulk.list(null, "1", null);
    assertThat(page.items()).extracting(BulkJson::id).containsExactly(units.id());
    assertThat(bulk.list(page.next(), null, null).items())
        .extracting(BulkJson::id)
        .containsExactly(begun.id());
    assertThat(
            bulk.count(
                    parameters(
                        "action",
                        "disable",
                        "over",
                        "units",
                        "q",
                        "FAIL",
                        "kind",
                        "worker",
                        "statuses",
                        "error, idle"))
                .count())
        .isEqualTo(1);
    assertThat(bulk.count(parameters("action", "cancel", "over", "items", "run", "x")).count())
        .isZero();
  }

  @Test
  void namedOnesAndTimesAreTakenAndTold() throws Exception {
    fail(3);
    List<String> ids =
        manager.findRuns(RunQuery.LATEST.ofUnit("fails")).items().stream()
            .map(run -> run.id().value())
            .sorted()
            .toList();
    String two = "'ids':['" + ids.get(0) + "','" + ids.get(2) + "']";
    String request = "{'action':'retry','over':'runs','filter':{%s,'from':'-1h'}}".formatted(two);
    assertThat(bulk.countRequested(body(request)).count()).isEqualTo(2);
    assertThat(bulk.countRequested(body(request.replace("from", "to"))).count()).isZero();
    assertThat(
            bulk.count(parameters("action", "retry", "over", "runs", "ids", ids.get(1) + ",x"))
                .count())
        .isEqualTo(1);

    BulkJson ended = ended(bulk.start(body(request)));

    assertThat(ended.progress().done()).isEqualTo(2);
    assertThat(ended.filter().ids()).containsExactly(ids.get(0), ids.get(2));
    assertThat(ended.filter().from()).isBefore(ended.askedAt());
    assertThat(bulk.list(null, null, "true").items()).isEmpty();
    BulkJson ofItems =
        bulk.start(body("{'action':'retry','over':'items','filter':{'ids':['7-2','7-1']}}"));
    assertThat(ofItems.filter().ids()).containsExactly("7-1", "7-2");
    ended(ofItems);
  }

  private void assertProblem(int status, String text, Throwable thrown) {
    ProblemJson problem = Problems.of(thrown);
    assertThat(problem.status()).isEqualTo(status);
    assertThat(RecordJson.write(problem)).contains(text);
  }

  @Test
  void refusesWhatCannotBeDone() {
    for (String wrong :
        List.of(
            "{'action':'retry','over':'units'}",
            "{'action':'explode','over':'runs'}",
            "{'action':'retry','over':'nodes'}",
            "{'action':'retry','over':'runs','filter':{'kind':'worker'}}",
            "{'action':'retry','over':'runs','filter':{'ids':['a,b']}}",
            "{'action':'retry','over':'runs','filter':{'ids':['%s']}}".formatted("x".repeat(37)),
            "{'action':'retry','over':'runs','filter':{'from':'yesterday'}}",
            "{'action':'retry','over':'runs','filter':{'from':'-1h','to':'-2h'}}",
            "{'action':'retry','over':'items','filter':{'ids':['one']}}",
            "{'action':'retry','over':'runs','filter':['fails']}",
            "{'action':'retry','over':'runs','filter':{'states':['running']}}",
            "{'action':'retry','over':'runs','filter':{'group':'x'}}",
            "{'action':'retry','over':'items','filter':{'group':'other','failure':'x'}}",
            "{'action':'pause','over':'units','filter':{'ids':[1]}}",
            "{'action':'pause','over':'units','filter':{'ids':['a b']}}",
            "{'action':'pause','over':'units','expected':-1}",
            "{'action':'pause'}")) {
      assertThatThrownBy(() -> bulk.start(body(wrong)))
          .as(wrong)
          .isInstanceOfSatisfying(
              ProblemException.class, e -> assertThat(e.problem().status()).isEqualTo(400));
    }
    assertThatThrownBy(() -> bulk.count(parameters()))
        .isInstanceOfSatisfying(
            ProblemException.class, e -> assertThat(e.problem().status()).isEqualTo(400));
    assertThatThrownBy(() -> bulk.show("nobody"))
        .isInstanceOfSatisfying(
            ProblemException.class, e -> assertThat(e.problem().status()).isEqualTo(404));
    assertThatThrownBy(() -> bulk.start(body("{'action':'pause','over':'units','expected':40}")))
        .isInstanceOfSatisfying(BulkCountException.class, e -> assertProblem(409, "SYNC-0213", e));
    assertThatThrownBy(() -> bulk.cancel("nobody", InputStream.nullInputStream()))
        .isInstanceOfSatisfying(
            UnknownBulkException.class, e -> assertProblem(404, "SYNC-0214", e));
    assertThat(bulk.list(null, null, null).items()).isEmpty();
  }
}
