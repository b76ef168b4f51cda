package io.synchronik.impl.bulk;

import io.synchronik.bulk.BulkFilter;
import io.synchronik.impl.store.unit.UnitIntents;
import io.synchronik.impl.store.unit.UnitIntents.Control;
import io.synchronik.impl.store.unit.UnitPicks;
import io.synchronik.impl.tx.Tx;
import io.synchronik.impl.unit.Units;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Units of which something is set; whoever holds one is not waited for. */
final class UnitKind implements Kind {
  private static final int MOST = 100;

  private final Units units;
  private final UnitPicks picks = new UnitPicks();

  UnitKind(Units units) {
    this.units = units;
  }

  @Override
  public int most() {
    return MOST;
  }

  @Override
  public long count(Tx tx, Wanted wanted) {
    return picks.count(tx.session(), meant(tx, wanted));
  }

  @Override
  public List<String> behind(Tx tx, Wanted wanted, String after, int limit) {
    return picks.behind(tx.session(), meant(tx, wanted), after, limit);
  }

  @Override
  public Bitten bite(Tx tx, Wanted wanted, List<String> keys) {
    Control control = control(wanted);
    int done = 0;
    for (String unit : keys) {
      if (units.intend(tx, unit, control)) {
        done++;
      }
    }
    return new Bitten(done, keys.size() - done, 0, null, List.of(), Map.of());
  }

  private static Control control(Wanted wanted) {
    return switch (wanted.action()) {
      case PAUSE -> Control.pause(wanted.asker(), null);
      case RESUME -> Control.of(UnitIntents.Kind.RESUME);
      case ENABLE -> Control.of(UnitIntents.Kind.ENABLE);
      case DISABLE -> Control.of(UnitIntents.Kind.DISABLE);
      case RETRY, CANCEL -> throw new IllegalStateException("Nobody can ask for that");
    };
  }

  private static UnitPicks.Meant meant(Tx tx, Wanted wanted) {
    BulkFilter.Units filter = (BulkFilter.Units) wanted.filter();
    return new UnitPicks.Meant(
        control(wanted).kind(),
        filter.ids(),
        filter.kind() == null ? null : word(filter.kind()),
        words(filter.statuses()),
        filter.text(),
        tx.now());
  }

  private static List<String> words(Collection<? extends Enum<?>> values) {
    return values.stream().<String>map(UnitKind::word).sorted().toList();
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
