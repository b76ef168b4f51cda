package io.synchronik.impl.quartz;

import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.core.JobRunShellFactory;
import org.quartz.core.QuartzScheduler;
import org.quartz.core.QuartzSchedulerResources;
import org.quartz.impl.DefaultThreadExecutor;
import org.quartz.impl.StdJobRunShellFactory;
import org.quartz.impl.StdScheduler;
import org.quartz.simpl.CascadingClassLoadHelper;
import org.quartz.simpl.RAMJobStore;

/**
 * Puts a scheduler together that keeps everything in memory. Quartz's factory does so by
 * introspection, which leaves its classes, and with them the application's class loader, in a cache
 * of the JDK.
 */
final class MemoryScheduler {
  private static final String ID = "memory";
  private static final int BATCH = 50;
  private static final int USUAL_WAIT = -1;

  private MemoryScheduler() {}

  /**
   * Makes one; nothing is due before its start.
   *
   * @param name of the scheduler
   * @param thread begins the names of its threads
   * @param threads how many do what is due
   */
  static Scheduler create(String name, String thread, int threads) throws SchedulerException {
    TimerThreads pool = new TimerThreads(thread, threads);
    RAMJobStore store = new RAMJobStore();
    store.setInstanceName(name);
    store.setInstanceId(ID);
    store.setThreadPoolSize(threads);
    JobRunShellFactory shells = new StdJobRunShellFactory();
    QuartzScheduler core =
        new QuartzScheduler(resources(name, thread, pool, store, shells), USUAL_WAIT, USUAL_WAIT);
    Scheduler scheduler = new StdScheduler(core);
    CascadingClassLoadHelper classes = new CascadingClassLoadHelper();
    classes.initialize();
    store.initialize(classes, core.getSchedulerSignaler());
    shells.initialize(scheduler);
    core.initialize();
    return scheduler;
  }

  private static QuartzSchedulerResources resources(
      String name, String thread, TimerThreads pool, RAMJobStore store, JobRunShellFactory shells) {
    QuartzSchedulerResources resources = new QuartzSchedulerResources();
    resources.setName(name);
    resources.setInstanceId(ID);
    resources.setThreadName(thread);
    resources.setMakeSchedulerThreadDaemon(true);
    resources.setMaxBatchSize(BATCH);
    resources.setThreadExecutor(new DefaultThreadExecutor());
    resources.setThreadPool(pool);
    resources.setJobStore(store);
    resources.setJobRunShellFactory(shells);
    return resources;
  }
}
