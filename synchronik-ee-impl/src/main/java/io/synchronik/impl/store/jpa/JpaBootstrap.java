package io.synchronik.impl.store.jpa;

import io.synchronik.impl.settings.Message;
import io.synchronik.run.SynchronikException;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.spi.PersistenceProvider;
import jakarta.persistence.spi.PersistenceProviderResolverHolder;
import jakarta.persistence.spi.PersistenceUnitInfo;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import javax.sql.DataSource;

/**
 * Builds the entity manager factory from a unit of our own: a persistence.xml in the jar would
 * become the application's second unit, and injection without a unit name would fail.
 */
public final class JpaBootstrap {
  private JpaBootstrap() {}

  /**
   * Creates a factory whose entity managers join the JTA transaction they are created in. Whoever
   * creates it closes it.
   *
   * @param jta enlists its connections in the thread's transaction
   * @param extra provider properties, stronger than the ones found here
   * @throws SynchronikException if no provider is there
   */
  public static EntityManagerFactory create(DataSource jta, Map<String, Object> extra) {
    PersistenceUnitInfo unit = new StoreUnit(jta);
    Map<String, Object> properties = properties();
    properties.putAll(extra);
    List<PersistenceProvider> providers =
        PersistenceProviderResolverHolder.getPersistenceProviderResolver()
            .getPersistenceProviders();
    for (PersistenceProvider provider : providers) {
      EntityManagerFactory factory = provider.createContainerEntityManagerFactory(unit, properties);
      if (factory != null) {
        return factory;
      }
    }
    throw new SynchronikException(Message.NO_PERSISTENCE_PROVIDER.with(providers));
  }

  /** Those of all providers in one: each ignores the others'. */
  private static Map<String, Object> properties() {
    Map<String, Object> properties = new HashMap<>();
    properties.put("jakarta.persistence.schema-generation.database.action", "none");
    properties.put("hibernate.cache.use_second_level_cache", "false");
    // One connection per transaction instead of one per statement
    properties.put(
        "hibernate.connection.handling_mode",
        "DELAYED_ACQUISITION_AND_RELEASE_BEFORE_TRANSACTION_COMPLETION");
    properties.put("eclipselink.cache.shared.default", "false");
    properties.put("eclipselink.weaving", "false");
    properties.put("eclipselink.deploy-on-startup", "true");
    if (isBound("java:jboss/TransactionManager")) {
      properties.put(
          "hibernate.transaction.jta.platform",
          "org.hibernate.engine.transaction.jta.platform.internal.JBossAppServerJtaPlatform");
      properties.put("eclipselink.target-server", "WildFly");
    } else if (isBound("java:appserver/TransactionManager")) {
      properties.put(
          "hibernate.transaction.jta.platform",
          "org.hibernate.engine.transaction.jta.platform.internal.SunOneJtaPlatform");
      properties.put("eclipselink.target-server", "Glassfish");
    }
    return properties;
  }

  @SuppressWarnings("BanJNDI") // a constant name
  private static boolean isBound(String name) {
    try {
      return new InitialContext().lookup(name) != null;
    } catch (NamingException e) {
      return false;
    }
  }
}
