package io.synchronik.impl.node;

import io.synchronik.EngineStats;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import javax.management.JMException;
import javax.management.ObjectName;

/** Use of processors by this JVM from one reading to the next. */
final class CpuMeter {
  private long lastNanos = System.nanoTime();
  private long lastCpuNanos = processCpuNanos();

  synchronized EngineStats.Cpu read() {
    long now = System.nanoTime();
    long cpu = processCpuNanos();
    long interval = Math.max(1, now - lastNanos);
    double share = (double) (cpu - lastCpuNanos) / interval;
    lastNanos = now;
    lastCpuNanos = cpu;
    int processors = Runtime.getRuntime().availableProcessors();
    // the system counts CPU time in ticks, so that a short interval may show more than there was
    double bounded = Math.min(Math.max(0, share), processors);
    return new EngineStats.Cpu(bounded, Duration.ofNanos(interval), processors);
  }

  /** By name: servers hide the package that has the type. */
  private static long processCpuNanos() {
    try {
      Object nanos =
          ManagementFactory.getPlatformMBeanServer()
              .getAttribute(
                  new ObjectName(ManagementFactory.OPERATING_SYSTEM_MXBEAN_NAME), "ProcessCpuTime");
      return nanos instanceof Long known ? known : 0;
    } catch (JMException e) {
      return 0;
    }
  }
}
