package io.synchronik.impl.run.attempt;

import io.synchronik.impl.journal.Milestones;
import io.synchronik.impl.store.flow.PartStore;
import io.synchronik.impl.tx.Json;
import io.synchronik.impl.tx.Transactions;
import io.synchronik.impl.tx.UserCode;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * What the contexts of attempts use.
 *
 * @param transactions for reading results of other workers
 * @param json reads payloads and results
 * @param milestones of the work
 * @param subTasks executes sub-tasks
 * @param code the boundary around them
 */
public record AttemptContexts(
    Transactions transactions, Json json, Milestones milestones, Executor subTasks, UserCode code) {
  private static final PartStore STORE = new PartStore();

  AttemptContext of(Attempt attempt) {
    return new AttemptContext(attempt, this);
  }

  /** Returns what a worker of a run of a process returned, as JSON. */
  @Nullable String result(String processRun, String worker) {
    return transactions
        .joined(tx -> Optional.ofNullable(STORE.result(tx.session(), processRun, worker)))
        .orElse(null);
  }
}
