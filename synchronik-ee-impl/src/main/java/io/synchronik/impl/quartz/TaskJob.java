package io.synchronik.impl.quartz;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.Executor;
import org.quartz.DisallowConcurrentExecution;
import org.quartz.Job;
import org.quartz.JobExecutionContext;

/** A task of the engine that is repeated, inside the application's context. */
@DisallowConcurrentExecution
final class TaskJob implements Job {
  static final String TASK = "task";
  private static final Logger LOG = System.getLogger(TaskJob.class.getName());

  private final Executor context;

  TaskJob(Executor context) {
    this.context = context;
  }

  @Override
  public void execute(JobExecutionContext execution) {
    if (execution.getMergedJobDataMap().get(TASK) instanceof Runnable task) {
      try {
        context.execute(task);
      } catch (RuntimeException | Error e) {
        LOG.log(
            Level.WARNING,
            "The task '" + execution.getJobDetail().getKey().getName() + "' failed; it goes on",
            e);
      }
    }
  }
}
