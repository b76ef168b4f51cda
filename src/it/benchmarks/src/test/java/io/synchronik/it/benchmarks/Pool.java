package io.synchronik.it.benchmarks;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.synchronik.it.testkit.Database;

/** HikariCP, which the rivals' own examples and starters use. */
final class Pool {
  static final String NAME = "HikariCP, %d connections".formatted(ItemLoad.CONNECTIONS);

  private Pool() {}

  static HikariDataSource of(Database database) {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(database.url());
    config.setMaximumPoolSize(ItemLoad.CONNECTIONS);
    config.setMinimumIdle(ItemLoad.CONNECTIONS);
    return new HikariDataSource(config);
  }
}
