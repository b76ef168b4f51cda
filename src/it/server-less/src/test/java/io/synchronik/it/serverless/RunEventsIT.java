package io.synchronik.it.serverless;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.synchronik.event.EventType;
import io.synchronik.event.JournalEntry;
import io.synchronik.it.testkit.Await;
import io.synchronik.it.testkit.Database;
import io.synchronik.it.testkit.DatabaseKind;
import io.synchronik.it.testkit.Node;
import io.synchronik.monitor.Monitoring;
import io.synchronik.run.RunHandle;
import io.synchronik.schedule.Overlap;
import io.synchronik.worker.WorkerDefinition;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What the journal tells of one run. */
@ParameterizedClass
@EnumSource(DatabaseKind.class)
class RunEventsIT {
  @Parameter DatabaseKind kind;
  private Database database;
  private Node node;
  private Monitoring monitoring;

  @BeforeEach
  void start() {
    database = kind.create("run_events");
    node = Node.on(database).setting("synchronik.loop-interval", "100ms").start();
    node.manager()
        .registerUnit(
            WorkerDefinition.of("told", run -> "done")
                .with(config -> config.overlap(Overlap.ALLOW)));
    monitoring = node.manager().monitoring();
  }

  @AfterEach
  void stop() {
    node.close();
    database.close();
  }

  private RunHandle ran() {
    RunHandle run = node.manager().runUnitById("told");
    run.join(Duration.ofMinutes(1));
    return run;
  }

  private List<JournalEntry> whole(RunHandle run) {
    Await.until(
        Duration.ofMinutes(1),
        () ->
            monitoring.events(run.id().value(), 0, 1000).stream()
                .anyMatch(it -> it.event().type() == EventType.COMPLETE));
    return monitoring.events(run.id().value(), 0, 1000);
  }

  @Test
  void areThoseOfTheRunInTheirOrder() {
    RunHandle first = ran();
    RunHandle second = ran();

    for (RunHandle run : List.of(first, second)) {
      List<JournalEntry> entries = whole(run);
      assertThat(entries)
          .allSatisfy(it -> assertThat(it.event().origin().run()).isEqualTo(run.id()));
      assertThat(entries).extracting(JournalEntry::position).isSorted();
      assertThat(entries)
          .extracting(it -> it.event().type())
          .containsSubsequence(EventType.START, EventType.COMPLETE);
    }
  }

  @Test
  void comeInPages() {
    RunHandle run = ran();
    List<JournalEntry> all = whole(run);

    JournalEntry first = all.get(0);
    assertThat(monitoring.events(run.id().value(), 0, 1)).containsExactly(first);
    assertThat(monitoring.events(run.id().value(), first.position(), all.size()))
        .startsWith(all.get(1))
        .doesNotContain(first);
  }

  @Test
  void areNoneOfARunThatNobodyKnows() {
    assertThat(monitoring.events("nobody", 0, 10)).isEmpty();
  }

  @Test
  void refuseNumbersOutOfRange() {
    assertThatIllegalArgumentException().isThrownBy(() -> monitoring.events("any", -1, 10));
    assertThatIllegalArgumentException().isThrownBy(() -> monitoring.events("any", 0, 0));
    assertThatIllegalArgumentException().isThrownBy(() -> monitoring.events("any", 0, 1001));
  }
}
