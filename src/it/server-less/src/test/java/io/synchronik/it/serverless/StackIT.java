package io.synchronik.it.serverless;

import static org.assertj.core.api.Assertions.assertThat;

import com.arjuna.ats.jta.TransactionManager;
import io.agroal.api.AgroalDataSource;
import io.agroal.api.configuration.supplier.AgroalDataSourceConfigurationSupplier;
import io.agroal.narayana.NarayanaTransactionIntegration;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import jakarta.enterprise.inject.se.SeContainerInitializer;
import jakarta.transaction.TransactionSynchronizationRegistry;
import org.eclipse.microprofile.config.ConfigProvider;
import org.hibernate.jpa.HibernatePersistenceProvider;
import org.junit.jupiter.api.Test;

/** The Java SE stack itself: each part that stands in for a server's starts. */
class StackIT {
  @Test
  void beansAreFound() {
    try (var container =
        SeContainerInitializer.newInstance()
            .disableDiscovery()
            .addBeanClasses(Greeting.class)
            .initialize()) {
      assertThat(container.select(Greeting.class).get().text()).isEqualTo("hello");
    }
  }

  @Test
  void aRollbackReachesPostgres() throws Exception {
    TransactionSynchronizationRegistry registry =
        new com.arjuna.ats.internal.jta.transaction.arjunacore
            .TransactionSynchronizationRegistryImple();
    try (var postgres = EmbeddedPostgres.start();
        var dataSource =
            AgroalDataSource.from(
                new AgroalDataSourceConfigurationSupplier()
                    .connectionPoolConfiguration(
                        pool ->
                            pool.maxSize(2)
                                .transactionIntegration(
                                    new NarayanaTransactionIntegration(
                                        TransactionManager.transactionManager(), registry))
                                .connectionFactoryConfiguration(
                                    factory ->
                                        factory.jdbcUrl(
                                            postgres.getJdbcUrl("postgres", "postgres")))))) {
      TransactionManager.transactionManager().begin();
      try (var connection = dataSource.getConnection();
          var statement = connection.createStatement()) {
        statement.execute("create table t (id int)");
      }
      TransactionManager.transactionManager().rollback();

      try (var connection = dataSource.getConnection();
          var statement = connection.createStatement();
          var result = statement.executeQuery("select to_regclass('t')")) {
        assertThat(result.next()).isTrue();
        assertThat(result.getString(1)).isNull();
      }
    }
  }

  @Test
  void configurationAndPersistenceAreThere() {
    assertThat(ConfigProvider.getConfig().getValue("java.version", String.class)).isNotBlank();
    assertThat(new HibernatePersistenceProvider().getProviderUtil()).isNotNull();
  }

  static class Greeting {
    String text() {
      return "hello";
    }
  }
}
