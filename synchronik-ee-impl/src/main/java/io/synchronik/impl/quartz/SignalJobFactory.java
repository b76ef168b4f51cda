package io.synchronik.impl.quartz;

import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.quartz.Job;
import org.quartz.Scheduler;
import org.quartz.spi.JobFactory;
import org.quartz.spi.TriggerFiredBundle;

/** Makes jobs with what they need. */
final class SignalJobFactory implements JobFactory {
  private final Executor context;
  private final Consumer<String> due;

  SignalJobFactory(Executor context, Consumer<String> due) {
    this.context = context;
    this.due = due;
  }

  @Override
  public Job newJob(TriggerFiredBundle bundle, Scheduler scheduler) {
    return bundle.getJobDetail().getJobClass() == TaskJob.class
        ? new TaskJob(context)
        : new SignalJob(due);
  }
}
