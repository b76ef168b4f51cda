package io.synchronik.it.serverless;

import static org.assertj.core.api.Assertions.assertThat;

import io.synchronik.it.scenarios.Scenarios;
import io.synchronik.it.testkit.Await;
import io.synchronik.it.testkit.DatabaseKind;
import io.synchronik.it.testkit.NodeBuilder;
import io.synchronik.it.testkit.Probe;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** The scenarios of processes, items and pools, and what they must leave behind. */
@ParameterizedClass
@EnumSource(DatabaseKind.class)
class ProcessesIT extends SharedNode {
  @Override
  NodeBuilder configured(NodeBuilder builder) {
    return builder.setting("synchronik.workers", "8");
  }

  @TestFactory
  Stream<DynamicTest> scenarios() {
    return Stream.concat(
        Scenarios.names().stream()
            .map(name -> DynamicTest.dynamicTest(name, () -> Scenarios.play(name, manager))),
        Stream.of(DynamicTest.dynamicTest("nothing is left behind", this::nothingIsLeft)));
  }

  private void nothingIsLeft() throws Exception {
    Await.until(Probe.PATIENCE, () -> count("sk_run where ended_at is null") == 0);
    Await.until(Probe.PATIENCE, () -> count("sk_unit where active_runs > 0") == 0);
    assertThat(count("sk_run where owner is not null")).isZero();
    Await.until(Probe.PATIENCE, () -> count("sk_item_set where state <> 'closed'") == 0);
    assertThat(count("sk_item where ended_at is null or owner is not null")).isZero();
    for (String state : List.of("completed", "failed", "canceled")) {
      assertThat(database.number("select sum(" + state + ") from sk_item_count"))
          .isEqualTo(count("sk_item where state = '" + state + "'"));
    }
    assertThat(database.number("select sum(initialized) + sum(started) from sk_item_count"))
        .isZero();
    Await.until(Probe.PATIENCE, () -> count("sk_permit") == 0);
    assertThat(count("sk_place")).isZero();
    assertThat(count("sk_timer")).isZero();
    assertThat(count("sk_task where active_key is not null")).isZero();
    assertThat(count("sk_pool_task where active_name is not null")).isZero();
    assertThat(
            count(
                "sk_pool_task t join sk_run r on r.app = t.app and r.id = t.run"
                    + " where r.state <> case t.state when 'error' then 'failed' else t.state end"))
        .isZero();
    assertThat(
            count(
                "sk_event e where type in ('complete', 'error', 'cancel') and exists ("
                    + "select 1 from sk_event o where o.run = e.run"
                    + " and o.type in ('complete', 'error', 'cancel')"
                    + " and (o.batch <> e.batch or o.n <> e.n))"))
        .isZero();
  }

  private long count(String rows) {
    try {
      return database.number("select count(*) from " + rows);
    } catch (java.sql.SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
