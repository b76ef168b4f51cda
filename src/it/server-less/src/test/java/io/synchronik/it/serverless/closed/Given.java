package io.synchronik.it.serverless.closed;

import io.synchronik.it.testkit.JtaPool;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.spi.AfterBeanDiscovery;
import jakarta.enterprise.inject.spi.Extension;
import javax.sql.DataSource;

/** Makes injectable what exists already. */
final class Given implements Extension {
  private final JtaPool pool;
  private final Seen seen;

  Given(JtaPool pool, Seen seen) {
    this.pool = pool;
    this.seen = seen;
  }

  void register(@Observes AfterBeanDiscovery discovery) {
    add(discovery, DataSource.class, pool.dataSource());
    add(discovery, Seen.class, seen);
  }

  private static <T> void add(AfterBeanDiscovery discovery, Class<T> type, T instance) {
    discovery
        .addBean()
        .addTypes(type, Object.class)
        .scope(Dependent.class)
        .createWith(context -> instance);
  }
}
