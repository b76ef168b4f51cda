package io.synchronik.impl.admin.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.synchronik.impl.admin.http.Asked;
import io.synchronik.impl.admin.json.ProblemJson;
import io.synchronik.impl.admin.json.Problems;
import io.synchronik.it.testkit.Database;
import io.synchronik.it.testkit.DatabaseKind;
import io.synchronik.it.testkit.Node;
import io.synchronik.worker.WorkerDefinition;
import java.time.Instant;
import java.time.ZoneOffset;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Due times and the calendar over HTTP. */
class DuesResourceIT {
  private Database database;
  private Node node;

  @BeforeEach
  void start() {
    database = DatabaseKind.H2.create("dues");
    node = Node.on(database).start();
    node.manager()
        .registerUnit(
            WorkerDefinition.of("hourly", run -> null)
                .with(config -> config.cron("0 30 * * * ?", ZoneOffset.UTC)));
  }

  @AfterEach
  void stop() {
    node.close();
    database.close();
  }

  @Test
  void dueTimesInPagesAndWhy() {
    UnitDuesResource resource = Asked.byViewer(node.manager(), new UnitDuesResource());

    DueTimesJson first = resource.list("hourly", "-1s", null, "20");
    DueTimesJson rest = resource.list("hourly", String.valueOf(first.next()), null, null);

    assertThat(first.items()).hasSize(20);
    assertThat(first.items().get(0).verdict()).isEqualTo("coming");
    assertThat(rest.items()).hasSize(4);
    assertThat(first.knownFrom()).isBeforeOrEqualTo(node.manager().monitoring().now());
    UnitWhyResource why = Asked.byViewer(node.manager(), new UnitWhyResource());
    Instant due = first.items().get(0).at();
    assertThat(why.unit("hourly", due.toString()).about()).endsWith("due at " + due);
    assertThat(why.unit("hourly", null).about()).isEqualTo("unit hourly");
    assertProblem(() -> resource.list("hourly", "soon", null, null), 400, "from");
    assertProblem(() -> resource.list("hourly", "-1h", "-2h", null), 400, "to");
    assertProblem(() -> resource.list("hourly", null, null, "501"), 400, "limit");
    assertProblem(() -> resource.list("nothing", null, null, null), 404, null);
    assertProblem(() -> why.unit("hourly", "soon"), 400, "at");
  }

  @Test
  void calendarOfAllAndOfOne() {
    CalendarResource resource = Asked.byViewer(node.manager(), new CalendarResource());

    CalendarJson week = resource.show(null, null, null, null);

    assertThat(week.bucketSeconds()).isEqualTo(3600);
    assertThat(week.buckets().stream().mapToLong(CalendarJson.BucketJson::coming).sum())
        .isBetween(7 * 24L, 7 * 24 + 1L);
    assertThat(resource.show("-1h", null, "2h", "hourly").bucketSeconds()).isEqualTo(7200);
    assertProblem(() -> resource.show("-1h", "-2h", null, null), 400, "to");
    assertProblem(() -> resource.show(null, null, "7m", null), 400, "bucket");
    assertProblem(() -> resource.show("-30d", null, "5m", null), 400, "bucket");
    assertProblem(() -> resource.show(null, null, null, "nothing"), 404, null);
  }

  private static void assertProblem(ThrowingCallable call, int status, String field) {
    ProblemJson problem = Problems.of(catchThrowable(call));
    assertThat(problem.status()).as(problem.toString()).isEqualTo(status);
    assertThat(problem.field()).isEqualTo(field);
  }
}
