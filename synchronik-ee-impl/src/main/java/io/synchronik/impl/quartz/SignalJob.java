package io.synchronik.impl.quartz;

import java.util.function.Consumer;
import org.quartz.Job;
import org.quartz.JobExecutionContext;

/** A unit's job: it only says that the unit is due. */
final class SignalJob implements Job {
  private final Consumer<String> due;

  SignalJob(Consumer<String> due) {
    this.due = due;
  }

  @Override
  public void execute(JobExecutionContext context) {
    due.accept(context.getJobDetail().getKey().getName());
  }
}
