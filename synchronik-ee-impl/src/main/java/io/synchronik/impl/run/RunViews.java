package io.synchronik.impl.run;

import io.synchronik.RunQuery;
import io.synchronik.impl.settings.Message;
import io.synchronik.impl.settings.Texts;
import io.synchronik.impl.store.run.RunRows;
import io.synchronik.impl.tx.Json;
import io.synchronik.impl.tx.Transactions;
import io.synchronik.run.Page;
import io.synchronik.run.RunOutcome;
import io.synchronik.run.RunState;
import io.synchronik.run.RunView;
import io.synchronik.run.UnknownRunException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Runs as they are looked at. */
public final class RunViews {
  private static final int LONGEST_QUOTE = 200;

  /** How many runs are read at once with results and traces. */
  private static final int WHOLE = 100;

  /** After how many runs is asked by one statement. */
  private static final int ASKED = 500;

  private final Transactions transactions;
  private final RunRows rows;

  RunViews(Transactions transactions, Json json) {
    this.transactions = transactions;
    this.rows = new RunRows(json::payload);
  }

  RunRows rows() {
    return rows;
  }

  Optional<RunView> find(String run) {
    return transactions.joined(tx -> rows.find(tx.session(), run));
  }

  Page<RunView> list(RunQuery query) {
    return transactions.joined(tx -> rows.list(tx.session(), query));
  }

  RunView existing(String run) {
    return find(run).orElseThrow(() -> unknown(run));
  }

  public static UnknownRunException unknown(String run) {
    return new UnknownRunException(Message.UNKNOWN_RUN.with(Texts.told(run, LONGEST_QUOTE)));
  }

  /** Tells those of some runs that are final, in no order; few of them are in memory at once. */
  public void finals(List<String> ids, Consumer<RunView> told) {
    for (List<String> asked : bites(ids, ASKED)) {
      List<String> ended =
          ids.size() <= WHOLE ? asked : transactions.own(tx -> rows.ended(tx.session(), asked));
      for (List<String> some : bites(ended, WHOLE)) {
        transactions.own(tx -> rows.finals(tx.session(), some)).forEach(told);
      }
    }
  }

  private static List<List<String>> bites(List<String> all, int most) {
    List<List<String>> bites = new ArrayList<>();
    for (int from = 0; from < all.size(); from += most) {
      bites.add(all.subList(from, Math.min(from + most, all.size())));
    }
    return bites;
  }

  /** Returns those of some runs that do not exist. */
  public List<String> removed(List<String> ids) {
    List<String> removed = new ArrayList<>(ids);
    for (List<String> asked : bites(ids, ASKED)) {
      removed.removeAll(transactions.own(tx -> rows.existing(tx.session(), asked)));
    }
    return removed;
  }

  public static RunOutcome outcome(RunView run) {
    boolean failed = run.state() == RunState.FAILED;
    return new RunOutcome(
        run.id(),
        run.state(),
        run.execution().result(),
        failed ? run.execution().failure() : null,
        run.execution().reason());
  }
}
