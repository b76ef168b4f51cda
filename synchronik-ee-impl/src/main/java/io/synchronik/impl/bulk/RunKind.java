package io.synchronik.impl.bulk;

import io.synchronik.bulk.BulkFilter;
import io.synchronik.impl.run.RunBites;
import io.synchronik.impl.settings.Texts;
import io.synchronik.impl.settings.Times;
import io.synchronik.impl.store.run.RunPicks;
import io.synchronik.impl.tx.Tx;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Runs, run again or cancelled. */
final class RunKind implements Kind {
  /** To cancel one takes some statements. */
  private static final int MOST = 100;

  private final RunBites runs;

  RunKind(RunBites runs) {
    this.runs = runs;
  }

  @Override
  public int most() {
    return MOST;
  }

  @Override
  public long count(Tx tx, Wanted wanted) {
    return runs.count(tx, meant(wanted));
  }

  @Override
  public List<String> behind(Tx tx, Wanted wanted, String after, int limit) {
    return runs.behind(tx, meant(wanted), after, limit);
  }

  @Override
  public Bitten bite(Tx tx, Wanted wanted, List<String> keys) {
    RunPicks.Meant meant = meant(wanted);
    RunBites.Bitten bitten =
        meant.again()
            ? runs.again(tx, meant, keys, wanted.asker())
            : runs.cancel(tx, keys, Texts.told(wanted.why(), Texts.WHO));
    return new Bitten(
        bitten.done(),
        bitten.skipped(),
        bitten.failed(),
        bitten.failure(),
        bitten.held(),
        Map.of());
  }

  private static RunPicks.Meant meant(Wanted wanted) {
    BulkFilter.Runs filter = (BulkFilter.Runs) wanted.filter();
    return new RunPicks.Meant(
        wanted.isRetry(),
        new RunPicks.Which(filter.ids(), filter.unit(), filter.states(), filter.group()),
        within(filter.from()),
        within(filter.to()),
        wanted.at());
  }

  private static @Nullable Instant within(@Nullable Instant time) {
    return time == null ? null : Times.within(time);
  }
}
