package io.synchronik.it.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import io.synchronik.it.testkit.Database;
import java.lang.management.ManagementFactory;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What was used up to a moment, or between two.
 *
 * @param nanos time
 * @param runs of workers
 * @param commits in the database
 * @param walBytes written by the server
 * @param jvm processor time of this JVM
 * @param postgres processor time of the server's processes, by process
 * @param machine share of all processors busy since the moment before, whoever used them
 */
record Usage(
    long nanos,
    long runs,
    long commits,
    long walBytes,
    Duration jvm,
    Map<Long, Duration> postgres,
    double machine) {
  private static final OperatingSystemMXBean SYSTEM =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

  /** Returns what was used up to now. */
  static Usage now(Database database, Tally tally) throws SQLException {
    List<?> numbers =
        database
            .rows(
                """
                select pg_stat_get_db_xact_commit(oid), pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0')
                from pg_database where datname = current_database()
                """)
            .get(0);
    return new Usage(
        System.nanoTime(),
        tally.runs(),
        number(numbers.get(0)),
        number(numbers.get(1)),
        Duration.ofNanos(SYSTEM.getProcessCpuTime()),
        processes(database),
        SYSTEM.getCpuLoad());
  }

  private static long number(Object value) {
    return ((Number) value).longValue();
  }

  private static Map<Long, Duration> processes(Database database) throws SQLException {
    long one =
        database.number("select pid from pg_stat_activity where backend_type = 'checkpointer'");
    Map<Long, Duration> used = new HashMap<>();
    ProcessHandle.of(one)
        .flatMap(ProcessHandle::parent)
        .ifPresent(
            server ->
                server
                    .children()
                    .forEach(
                        process ->
                            process
                                .info()
                                .totalCpuDuration()
                                .ifPresent(cpu -> used.put(process.pid(), cpu))));
    return used;
  }

  /** Returns what was used since an earlier moment. */
  Usage since(Usage before) {
    Map<Long, Duration> used = new HashMap<>();
    postgres.forEach(
        (pid, cpu) -> used.put(pid, cpu.minus(before.postgres.getOrDefault(pid, Duration.ZERO))));
    return new Usage(
        nanos - before.nanos,
        runs - before.runs,
        commits - before.commits,
        walBytes - before.walBytes,
        jvm.minus(before.jvm),
        used,
        machine);
  }

  double seconds() {
    return nanos / 1e9;
  }

  double runsPerSecond() {
    return runs / seconds();
  }

  /** Returns the processors that this JVM kept busy. */
  double jvmCores() {
    return jvm.toNanos() / (double) nanos;
  }

  /** Returns the processors that the database server kept busy. */
  double postgresCores() {
    return postgres.values().stream().mapToLong(Duration::toNanos).sum() / (double) nanos;
  }

  /** Returns the processors that others kept busy. */
  double otherCores() {
    double all = machine * SYSTEM.getAvailableProcessors();
    return Math.max(0, all - jvmCores() - postgresCores());
  }
}
