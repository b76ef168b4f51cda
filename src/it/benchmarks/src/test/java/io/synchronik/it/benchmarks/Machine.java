package io.synchronik.it.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import io.synchronik.it.testkit.Database;
import java.lang.management.ManagementFactory;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;

/** What the figures were measured on. */
final class Machine {
  private static final long MIB = 1024 * 1024;

  private Machine() {}

  static String description() {
    OperatingSystemMXBean system =
        (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    return String.format(
        Locale.ROOT,
        "Machine: %d cores, %,d MiB; %s %s %s; Java %s (%s), heap up to %,d MiB;"
            + " load average %.1f",
        system.getAvailableProcessors(),
        system.getTotalMemorySize() / MIB,
        system.getName(),
        system.getVersion(),
        system.getArch(),
        System.getProperty("java.runtime.version"),
        System.getProperty("java.vm.name"),
        Runtime.getRuntime().maxMemory() / MIB,
        system.getSystemLoadAverage());
  }

  static String description(Database database) throws SQLException {
    StringBuilder text = new StringBuilder("PostgreSQL ");
    text.append(value(database, "server_version")).append(':');
    for (String setting :
        List.of(
            "fsync",
            "synchronous_commit",
            "full_page_writes",
            "wal_sync_method",
            "shared_buffers",
            "max_wal_size")) {
      text.append(' ').append(setting).append('=').append(value(database, setting));
    }
    return text.toString();
  }

  private static Object value(Database database, String setting) throws SQLException {
    return database.rows("select current_setting(?)", setting).get(0).get(0);
  }
}
