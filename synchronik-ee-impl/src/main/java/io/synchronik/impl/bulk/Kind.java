package io.synchronik.impl.bulk;

import io.synchronik.impl.tx.Tx;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the same is done to, chosen by the filter that belongs to it. */
interface Kind {
  /**
   * What came of a bite.
   *
   * @param done to how many it was done
   * @param skipped how many have changed
   * @param failed how many it could not be done to
   * @param failure why not, null when it could be done to all
   * @param held those that somebody else holds
   * @param sets of items to how many of each set it was done
   */
  record Bitten(
      long done,
      long skipped,
      long failed,
      @Nullable String failure,
      List<String> held,
      Map<Long, Long> sets) {}

  /** Returns how many have their turn in one transaction. */
  int most();

  /** Returns how many there are. */
  long count(Tx tx, Wanted wanted);

  /** Returns the keys of the first behind one, in their order. */
  List<String> behind(Tx tx, Wanted wanted, String after, int limit);

  /** Does it to those of some keys that are still as they were found; waits for nobody. */
  Bitten bite(Tx tx, Wanted wanted, List<String> keys);
}
