package io.synchronik.it.serverless;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.synchronik.JournalQuery;
import io.synchronik.RunQuery;
import io.synchronik.UnitView;
import io.synchronik.event.SynchronikEvent;
import io.synchronik.it.testkit.Database;
import io.synchronik.it.testkit.DatabaseKind;
import io.synchronik.it.testkit.Node;
import io.synchronik.it.testkit.Probe;
import io.synchronik.run.RunHandle;
import io.synchronik.run.UnknownRunException;
import io.synchronik.run.UnknownUnitException;
import io.synchronik.worker.WorkerDefinition;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Two applications on one database. */
@ParameterizedClass
@EnumSource(DatabaseKind.class)
class ApplicationsIT {
  @Parameter DatabaseKind kind;

  @Test
  void applicationsNeverSeeEachOther() {
    try (Database database = kind.create("applications");
        Node shop = start(database, "shop");
        Node bank = start(database, "bank")) {
      Probe<SynchronikEvent> bankEvents = Probe.events(bank.manager());
      shop.manager().registerUnit(WorkerDefinition.of("same", run -> "shop"));
      bank.manager().registerUnit(WorkerDefinition.of("same", run -> "bank"));
      shop.manager()
          .registerUnit(
              WorkerDefinition.of("only-shop", run -> "shop")
                  .with(config -> config.every(Duration.ofMillis(50))));

      RunHandle inShop = shop.manager().runWorkerById("same");
      RunHandle inBank = bank.manager().runWorkerById("same");
      assertThat(inShop.join(Probe.PATIENCE).result().as(String.class)).isEqualTo("shop");
      assertThat(inBank.join(Probe.PATIENCE).result().as(String.class)).isEqualTo("bank");
      Probe<SynchronikEvent> shopEvents = Probe.events(shop.manager());
      shopEvents.awaitNext(event -> event.toString().contains("only-shop"));
      shop.manager().stopAll();
      shop.manager().runLoopOnce();
      bank.manager().runLoopOnce();
      bank.manager().runWatcherScan();

      assertThat(bank.manager().listUnits())
          .extracting(unit -> unit.id().value())
          .containsExactly("same");
      assertThat(bank.manager().listUnits()).noneMatch(unit -> unit.control().paused());
      assertThat(bank.manager().getRegistrySnapshot().application()).isEqualTo("bank");
      assertThat(bank.manager().findRuns(RunQuery.LATEST).items())
          .singleElement()
          .satisfies(run -> assertThat(run.id()).isEqualTo(inBank.id()));
      assertThat(bank.manager().getRunById(inShop.id().value())).isEmpty();
      assertThat(bank.manager().findRun(inShop.id().value())).isEmpty();
      assertThatThrownBy(() -> bank.manager().runWorkerById("only-shop"))
          .isInstanceOf(UnknownUnitException.class);
      assertThat(bank.manager().readJournal(new JournalQuery(0, null, Set.of(), 1000)))
          .noneMatch(entry -> entry.event().node().equals("shop"))
          .extracting(entry -> entry.position())
          .startsWith(1L, 2L, 3L);
      assertThat(bankEvents.seen()).noneMatch(event -> event.node().equals("shop"));
      assertThat(bank.manager().getEngineStats().node().liveNodes()).isEqualTo(1);

      bank.manager().releaseUnit("same");
      assertThat(shop.manager().getUnitById("same")).map(UnitView::id).isPresent();
      assertThat(inShop.state().isFinal()).isTrue();
      assertThatThrownBy(inBank::state).isInstanceOf(UnknownRunException.class);
    }
  }

  private static Node start(Database database, String application) {
    return Node.on(database)
        .setting("synchronik.application", application)
        .setting("synchronik.node", application)
        .setting("synchronik.loop-interval", "200ms")
        .start();
  }
}
