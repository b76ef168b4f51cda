package io.synchronik.impl.run.attempt;

import io.synchronik.impl.exec.Execution;
import io.synchronik.impl.exec.Job;
import io.synchronik.impl.output.AttemptOutput;
import io.synchronik.impl.store.run.RunStore;
import io.synchronik.impl.unit.RegisteredWorker;
import io.synchronik.run.Progress;
import io.synchronik.worker.WorkerConfig;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** One attempt of a run on this node. */
public final class Attempt extends Execution implements Job {
  private final RunStore.Owned owned;
  private final String incarnation;
  private final RegisteredWorker worker;
  private final WorkerConfig config;
  private @Nullable Progress progress;
  private boolean isProgressNew;
  private volatile Results.Conditions conditions = Results.Conditions.NONE;
  private volatile @Nullable AttemptOutput output;
  private final Set<String> reported = ConcurrentHashMap.newKeySet();

  Attempt(RunStore.Owned owned, String incarnation, RegisteredWorker worker, WorkerConfig config) {
    this.owned = owned;
    this.incarnation = incarnation;
    this.worker = worker;
    this.config = config;
  }

  @Override
  public String id() {
    return owned.id();
  }

  @Override
  public Execution execution() {
    return this;
  }

  public RunStore.Owned owned() {
    return owned;
  }

  public String incarnation() {
    return incarnation;
  }

  public RegisteredWorker worker() {
    return worker;
  }

  public WorkerConfig config() {
    return config;
  }

  /** Notes where what it says goes, before the work; null for nowhere. */
  void says(@Nullable AttemptOutput to) {
    output = to;
  }

  @Nullable AttemptOutput output() {
    return output;
  }

  /** Notes what is asked about the result, before the work. */
  void judgedBy(Results.Conditions asked) {
    conditions = asked;
  }

  Results.Conditions conditions() {
    return conditions;
  }

  synchronized void progress(Progress value) {
    progress = value;
    isProgressNew = true;
  }

  /** Returns the progress told since the last call, null when none was. */
  synchronized @Nullable Progress takeProgress() {
    Progress taken = isProgressNew ? progress : null;
    isProgressNew = false;
    return taken;
  }

  /** What was taken could not be written: it is taken again. */
  synchronized void keepProgress() {
    isProgressNew = progress != null;
  }

  /** Returns the progress told last, whether or not it is written, null when none was. */
  synchronized @Nullable Progress lastProgress() {
    isProgressNew = false;
    return progress;
  }

  /** Returns whether something is to be reported for the first time. */
  boolean reportOnce(String what) {
    return reported.add(what);
  }
}
