package io.synchronik.impl.cdi.platform;

import io.synchronik.impl.settings.Message;
import io.synchronik.impl.store.jpa.JpaBootstrap;
import io.synchronik.impl.tx.Platform;
import io.synchronik.run.SynchronikException;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.ResolutionException;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.transaction.TransactionManager;
import java.util.Map;
import java.util.concurrent.Executor;
import javax.sql.DataSource;

/**
 * What Java SE provides: beans of the application of the types {@link DataSource} and {@link
 * TransactionManager}.
 */
public final class SePlatform {
  private static final String NARAYANA =
      "org.hibernate.engine.transaction.jta.platform.internal.JBossStandAloneJtaPlatform";

  private SePlatform() {}

  public static Platform create(BeanManager beans, Platform.Application application) {
    Instance<Object> instances = beans.createInstance();
    DataSource datasource =
        Platform.reached("bean of the type DataSource", bean(instances, DataSource.class));
    TransactionManager transactions = bean(instances, TransactionManager.class);
    return new Platform(
        datasource,
        JpaBootstrap.create(datasource, Map.of("hibernate.transaction.jta.platform", NARAYANA)),
        transactions,
        inClassLoader(Thread.currentThread().getContextClassLoader()),
        Runnable::run,
        application);
  }

  private static <T> T bean(Instance<Object> instances, Class<T> type) {
    try {
      return instances.select(type).get();
    } catch (ResolutionException e) {
      throw new SynchronikException(
          Message.NO_BEAN.with(type.getName(), String.valueOf(e.getMessage())), e);
    }
  }

  private static Executor inClassLoader(ClassLoader loader) {
    return task -> {
      Thread thread = Thread.currentThread();
      ClassLoader before = thread.getContextClassLoader();
      thread.setContextClassLoader(loader);
      try {
        task.run();
      } finally {
        thread.setContextClassLoader(before);
      }
    };
  }
}
