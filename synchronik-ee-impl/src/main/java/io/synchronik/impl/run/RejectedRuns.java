package io.synchronik.impl.run;

import io.synchronik.impl.exec.BoundedTasks;
import io.synchronik.impl.exec.Strands;
import io.synchronik.impl.store.run.RunStore;

/** Records rejected results apart from the threads that have met them. */
public final class RejectedRuns {
  private static final int MOST = 1000;

  private final Rejections rejections;
  private final BoundedTasks tasks;

  public RejectedRuns(Rejections rejections, Strands strands) {
    this.rejections = rejections;
    this.tasks = new BoundedTasks(strands, "Rejected results", MOST, () -> {});
  }

  /** Records the result of a run soon; when there are too many, it only counts. */
  public void offer(RunStore.Owned run) {
    if (!tasks.offer(() -> rejections.record(run), 1)) {
      rejections.statistics().rejected();
    }
  }
}
