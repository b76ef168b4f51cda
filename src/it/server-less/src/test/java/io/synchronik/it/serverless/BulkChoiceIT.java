package io.synchronik.it.serverless;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.synchronik.bulk.BulkAction;
import io.synchronik.bulk.BulkActions;
import io.synchronik.bulk.BulkFilter;
import io.synchronik.bulk.BulkQuery;
import io.synchronik.bulk.BulkRequest;
import io.synchronik.bulk.BulkView;
import io.synchronik.it.testkit.Await;
import io.synchronik.it.testkit.DatabaseKind;
import io.synchronik.it.testkit.Held;
import io.synchronik.it.testkit.Probe;
import io.synchronik.item.ItemStatistics;
import io.synchronik.process.Process;
import io.synchronik.run.ItemId;
import io.synchronik.run.RunHandle;
import io.synchronik.run.RunState;
import io.synchronik.schedule.Overlap;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** The same done to those that somebody has named, or that are of a time. */
@ParameterizedClass
@EnumSource(DatabaseKind.class)
class BulkChoiceIT extends SharedNode {
  /** What the numbers of items of {@link ManyFailed} follow. */
  private static final long FIRST = 1_000_000_000;

  private BulkActions bulk;

  @Override
  void prepare() {
    bulk = manager.bulk();
  }

  private BulkView ended(BulkAction action, BulkFilter filter, long expected) {
    assertThat(bulk.count(action, filter)).isEqualTo(expected);
    String id = bulk.start(BulkRequest.of(action, filter).expecting(expected)).id();
    Await.until(
        Probe.PATIENCE, () -> bulk.find(id).filter(one -> one.state().isFinal()).isPresent());
    BulkView ended = bulk.find(id).orElseThrow();
    assertThat(ended.filter()).isEqualTo(filter);
    assertThat(ended.progress().done()).isEqualTo(expected);
    return ended;
  }

  private List<String> failed(String unit, int runs) {
    register(
        unit,
        run -> {
          throw new IllegalStateException("broken");
        },
        config -> config.overlap(Overlap.ALLOW));
    List<RunHandle> begun =
        IntStream.range(0, runs).mapToObj(i -> manager.runWorkerById(unit)).toList();
    begun.forEach(run -> assertThat(run.join(Probe.PATIENCE).state()).isEqualTo(RunState.FAILED));
    return begun.stream().map(run -> run.id().value()).toList();
  }

  private List<String> runAgain(String unit) throws SQLException {
    return database
        .rows("select retry_of from sk_run where unit = ? and retry_of is not null", unit)
        .stream()
        .map(row -> row.get(0).toString())
        .toList();
  }

  @Test
  void runsThatAreNamedAreRunAgainAlone() throws Exception {
    List<String> ids = failed("named", 5);
    BulkFilter.Runs some = BulkFilter.Runs.ALL.of(ids.get(1), ids.get(3), "nobody");

    ended(BulkAction.RETRY, some.in(RunState.FAILED, RunState.CANCELED), 2);

    assertThat(runAgain("named")).containsExactlyInAnyOrder(ids.get(1), ids.get(3));
    assertThat(bulk.count(BulkAction.RETRY, some.ofUnit("another"))).isZero();
  }

  @Test
  void runsOfATimeAreRunAgainAlone() throws Exception {
    List<String> ids = failed("of-a-time", 4);
    for (int i = 0; i < ids.size(); i++) {
      database.execute(
          "update sk_run set ended_at = ? where id = ?",
          OffsetDateTime.parse("2026-11-2" + i + "T12:00:00Z"),
          ids.get(i));
    }
    BulkFilter.Runs all = BulkFilter.Runs.ALL.ofUnit("of-a-time");
    Instant first = Instant.parse("2026-11-21T12:00:00Z");
    Instant last = Instant.parse("2026-11-23T12:00:00Z");
    assertThat(bulk.count(BulkAction.RETRY, all.between(first, null))).isEqualTo(3);
    assertThat(bulk.count(BulkAction.RETRY, all.between(null, last))).isEqualTo(3);
    assertThat(bulk.count(BulkAction.RETRY, all.between(Instant.MIN, Instant.MAX))).isEqualTo(4);

    ended(BulkAction.RETRY, all.between(first, last), 2);

    assertThat(runAgain("of-a-time")).containsExactlyInAnyOrder(ids.get(1), ids.get(2));
    assertThatThrownBy(() -> all.between(last, first)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void runsThatAreNamedAreCancelledPartsOfProcessesToo() {
    Held held = Held.interruptibly();
    register("held", held, config -> config.overlap(Overlap.ALLOW));
    manager.registerUnit(Process.named("holding").workers("held").build());
    RunHandle process = manager.runProcessById("holding");
    RunHandle one = manager.runWorkerById("held");
    RunHandle other = manager.runWorkerById("held");
    String ofProcess = "select id from sk_run where unit = 'held' and parent is not null";
    Await.until(Probe.PATIENCE, () -> rows(ofProcess).size() == 1);
    String part = rows(ofProcess).get(0).get(0).toString();

    ended(BulkAction.CANCEL, BulkFilter.Runs.ALL.of(one.id().value(), part), 2);

    assertThat(one.join(Probe.PATIENCE).state()).isEqualTo(RunState.CANCELED);
    assertThat(process.join(Probe.PATIENCE).state().isFinal()).isTrue();
    assertThat(other.state().isFinal()).isFalse();
    Instant before = view(other).times().submittedAt();
    BulkFilter.Runs rest = BulkFilter.Runs.ALL.ofUnit("held");
    assertThat(bulk.count(BulkAction.CANCEL, rest.between(null, before))).isZero();
    ended(BulkAction.CANCEL, rest.between(before, null), 1);
    assertThat(other.join(Probe.PATIENCE).state()).isEqualTo(RunState.CANCELED);
  }

  @Test
  void itemsThatAreNamedAreTriedAgainAndWithdrawnAlone() throws Exception {
    RunHandle run = ManyFailed.begin(manager, database, "items", 9);
    RunHandle others = ManyFailed.begin(manager, database, "other-items", 9);
    ItemId[] some = {item(run, 2), item(run, 5), item(others, 3), item(run, 77)};
    BulkFilter.Items all = BulkFilter.Items.ALL.of(some);
    assertThat(bulk.count(BulkAction.RETRY, all)).isEqualTo(3);
    assertThat(bulk.count(BulkAction.RETRY, all.ofUnit("other-items"))).isEqualTo(1);
    assertThat(bulk.count(BulkAction.RETRY, all.failedWith("nothing like that"))).isZero();
    assertThat(bulk.count(BulkAction.CANCEL, all)).isZero();
    BulkFilter.Items ofRun = all.ofRun(run.id().value());

    ended(BulkAction.RETRY, ofRun, 2);
    assertThat(itemStatistics(run)).isEqualTo(new ItemStatistics(2, 0, 0, 7, 0));
    ended(BulkAction.CANCEL, ofRun, 2);

    assertThat(itemStatistics(run)).isEqualTo(new ItemStatistics(0, 0, 0, 7, 2));
    assertThat(itemStatistics(others).failed()).isEqualTo(9);
    assertThat(
            database.number(
                "select count(*) from sk_item where state = 'canceled' and n in (1000000002,"
                    + " 1000000005)"))
        .isEqualTo(2);
  }

  private List<List<Object>> rows(String sql) {
    try {
      return database.rows(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private ItemId item(RunHandle run, long number) throws SQLException {
    return new ItemId(
        database.number("select id from sk_item_set where run = ?", run.id().value()),
        FIRST + number);
  }

  @Test
  void idsAreBounded() {
    String[] many =
        IntStream.rangeClosed(0, BulkFilter.MOST_IDS).mapToObj(i -> "r" + i).toArray(String[]::new);
    assertThatThrownBy(() -> BulkFilter.Runs.ALL.of(many))
        .hasMessageContaining("At most 1000 runs");
    assertThatThrownBy(() -> BulkFilter.Runs.ALL.of("a,b")).hasMessageContaining("'a,b' is no id");
  }

  @Test
  void whatGoesOnIsListedAlone() throws Exception {
    List<String> ids = failed("listed", 1);
    String over = ended(BulkAction.RETRY, BulkFilter.Runs.ALL.of(ids.get(0)), 1).id();
    String goingOn = "7".repeat(26);
    database.execute(
        "insert into sk_bulk select app, '%s', action, target, filter, run, unit, asked_by, reason,"
                .formatted(goingOn)
            + " asked_at, 'running', expected, 0, 0, 0, 0, false, '', null, null, ?, null"
            + " from sk_bulk where id = ?",
        OffsetDateTime.parse("2100-01-01T00:00:00Z"),
        over);

    assertThat(bulk.list(BulkQuery.LATEST).items())
        .extracting(BulkView::id)
        .contains(goingOn, over);
    assertThat(bulk.list(BulkQuery.LATEST.goingOn()).items())
        .extracting(BulkView::id)
        .containsExactly(goingOn);
    assertThat(bulk.list(BulkQuery.LATEST.goingOn().before(goingOn)).items()).isEmpty();
    database.execute("delete from sk_bulk where id = ?", goingOn);
  }
}
