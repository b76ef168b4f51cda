package io.synchronik.it.serverless;

import static java.util.Comparator.comparing;
import static java.util.Comparator.naturalOrder;
import static java.util.Comparator.nullsLast;
import static java.util.Comparator.reverseOrder;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.synchronik.UnitPage;
import io.synchronik.UnitQuery;
import io.synchronik.UnitQuery.Order;
import io.synchronik.UnitView;
import io.synchronik.it.testkit.Await;
import io.synchronik.it.testkit.DatabaseKind;
import io.synchronik.it.testkit.Probe;
import io.synchronik.process.Process;
import io.synchronik.schedule.IntervalMode;
import io.synchronik.schedule.Schedule;
import io.synchronik.unit.UnitKind;
import io.synchronik.unit.UnitStatus;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Pages of units are what the whole list has, in the order that was asked for. */
@ParameterizedClass
@EnumSource(DatabaseKind.class)
class UnitListIT extends SharedNode {
  private static final int UNITS = 12;

  private static final Map<Order, Function<UnitView, @Nullable Comparable<?>>> ORDERS =
      Map.of(
          Order.ID, UnitView::id,
          Order.NAME, unit -> unit.identity().name().toLowerCase(Locale.ROOT),
          Order.STATUS, UnitView::status,
          Order.KIND, unit -> unit.identity().kind(),
          Order.NEXT_DUE, unit -> unit.timing().nextDue(),
          Order.LAST_STARTED_AT, unit -> unit.timing().lastStartedAt(),
          Order.RUNS, unit -> unit.statistics().runs(),
          Order.FAILED, unit -> unit.statistics().failed());

  /** Units without a value stand last, either way. */
  @SuppressWarnings("unchecked")
  private static Comparator<UnitView> comparator(
      Function<UnitView, @Nullable Comparable<?>> key, boolean reverse) {
    Comparator<Comparable<Object>> order = reverse ? reverseOrder() : naturalOrder();
    return comparing((UnitView unit) -> (Comparable<Object>) key.apply(unit), nullsLast(order))
        .thenComparing(UnitView::id);
  }

  @Override
  void prepare() {
    for (int i = 0; i < UNITS; i++) {
      int n = i;
      register(
          (n % 2 == 0 ? "b-" : "A_") + n,
          run -> {
            if (n % 3 == 0) {
              throw new IllegalStateException("no");
            }
            return "done";
          },
          config -> n % 4 == 0 ? config : config.schedule(later(n)));
    }
    manager.registerUnit(Process.named("whole").workers("b-0", "b-2").build());
    IntStream.range(0, 5).forEach(i -> manager.runUnitById(id(i)).join(Probe.PATIENCE));
    manager.runUnitById("b-4").join(Probe.PATIENCE);
    manager.pause("A_7");
    Await.until(Probe.PATIENCE, this::isQuiet);
  }

  private static Schedule later(int n) {
    return new Schedule.Every(
        Duration.ofHours(1), IntervalMode.FIXED_RATE, Duration.ofHours(100 - n), Duration.ZERO);
  }

  private boolean isQuiet() {
    try {
      return database.number("select count(*) from sk_unit_delta") == 0
          && database.number("select count(*) from sk_unit where active_runs > 0") == 0;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String id(int i) {
    return (i % 2 == 0 ? "b-" : "A_") + i;
  }

  private static List<String> ids(List<UnitView> units) {
    return units.stream().map(unit -> unit.id().value()).toList();
  }

  /** All orders, both ways, by pages. */
  private void assertSame(UnitQuery query, Predicate<UnitView> matches) {
    List<UnitView> all = manager.listUnits().stream().filter(matches).toList();
    ORDERS.forEach(
        (order, key) -> {
          for (boolean reverse : List.of(false, true)) {
            List<UnitView> expected = new ArrayList<>(all);
            expected.sort(comparator(key, reverse));
            List<UnitView> found = new ArrayList<>();
            for (int skip = 0; skip <= all.size(); skip += 5) {
              UnitPage page = manager.findUnits(query.by(order, reverse).page(skip, 5));
              assertThat(page.total()).isEqualTo(all.size());
              found.addAll(page.items());
            }
            assertThat(ids(found)).as("%s %s", order, reverse).isEqualTo(ids(expected));
            assertThat(found).isEqualTo(expected);
          }
        });
  }

  @Test
  void pagesAreThoseOfTheWholeList() {
    assertSame(UnitQuery.FIRST, unit -> true);
  }

  @Test
  void whatIsAskedForIsThereAlone() {
    for (UnitStatus status : UnitStatus.values()) {
      assertSame(UnitQuery.FIRST.in(status), unit -> unit.status() == status);
    }
    assertThat(manager.findUnits(UnitQuery.FIRST.in(UnitStatus.PAUSED)).items()).hasSize(1);
    assertSame(UnitQuery.FIRST.mentioning("a_"), unit -> unit.id().value().startsWith("A_"));
    assertThat(manager.findUnits(UnitQuery.FIRST.mentioning("a_7")).total()).isEqualTo(1);
    assertThat(manager.findUnits(UnitQuery.FIRST.mentioning("%")).total()).isZero();
    UnitQuery processes =
        new UnitQuery(Set.of(), Set.of(UnitKind.PROCESS), null, UnitQuery.FIRST.sort(), 0, 10);
    assertThat(ids(manager.findUnits(processes).items())).containsExactly("whole");
  }

  @Test
  void whatACallerHasSetIsSoInHisTransaction() throws Exception {
    node.inTransaction(
        () -> {
          manager.pause("b-2");
          manager.resume("A_7");
          manager.disable("A_1");
          assertSame(UnitQuery.FIRST, unit -> true);
          assertSame(
              UnitQuery.FIRST.in(UnitStatus.PAUSED), unit -> unit.id().value().equals("b-2"));
          manager.resume("b-2");
          manager.pause("A_7");
          manager.enable("A_1");
        });
    Await.until(Probe.PATIENCE, this::isQuiet);
  }

  @Test
  void numbersOutOfTheirRangeAreRefused() {
    assertThatThrownBy(() -> UnitQuery.FIRST.page(-1, 10)).hasMessageContaining("skip");
    assertThatThrownBy(() -> UnitQuery.FIRST.page(0, 0)).hasMessageContaining("limit");
  }
}
