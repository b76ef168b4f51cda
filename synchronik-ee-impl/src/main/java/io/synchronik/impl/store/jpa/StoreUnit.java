package io.synchronik.impl.store.jpa;

import jakarta.persistence.SharedCacheMode;
import jakarta.persistence.ValidationMode;
import jakarta.persistence.spi.ClassTransformer;
import jakarta.persistence.spi.PersistenceUnitInfo;
import jakarta.persistence.spi.PersistenceUnitTransactionType;
import java.net.URL;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** What a server would read from a persistence.xml. */
final class StoreUnit implements PersistenceUnitInfo {
  private final DataSource datasource;

  StoreUnit(DataSource datasource) {
    this.datasource = datasource;
  }

  @Override
  public String getPersistenceUnitName() {
    return "synchronik";
  }

  @Override
  public @Nullable String getPersistenceProviderClassName() {
    return null;
  }

  @Override
  public PersistenceUnitTransactionType getTransactionType() {
    return PersistenceUnitTransactionType.JTA;
  }

  @Override
  public DataSource getJtaDataSource() {
    return datasource;
  }

  @Override
  public @Nullable DataSource getNonJtaDataSource() {
    return null;
  }

  @Override
  public List<String> getMappingFileNames() {
    return List.of();
  }

  @Override
  public List<URL> getJarFileUrls() {
    return List.of();
  }

  @Override
  public URL getPersistenceUnitRootUrl() {
    return StoreUnit.class.getProtectionDomain().getCodeSource().getLocation();
  }

  @Override
  public List<String> getManagedClassNames() {
    return Stream.of(
            UnitEntity.class,
            ScheduleEntity.class,
            RunEntity.class,
            EventBatchEntity.class,
            EventEntity.class,
            NodeEntity.class,
            InstantColumn.class,
            EnumColumns.OfUnitKind.class,
            EnumColumns.OfUnitStatus.class,
            EnumColumns.OfRunState.class,
            EnumColumns.OfCause.class,
            EnumColumns.OfEventType.class)
        .map(Class::getName)
        .toList();
  }

  @Override
  public boolean excludeUnlistedClasses() {
    return true;
  }

  @Override
  public SharedCacheMode getSharedCacheMode() {
    return SharedCacheMode.NONE;
  }

  @Override
  public ValidationMode getValidationMode() {
    return ValidationMode.NONE;
  }

  @Override
  public Properties getProperties() {
    return new Properties();
  }

  @Override
  public String getPersistenceXMLSchemaVersion() {
    return "3.0";
  }

  @Override
  public ClassLoader getClassLoader() {
    return StoreUnit.class.getClassLoader();
  }

  @Override
  public void addTransformer(ClassTransformer transformer) {
    // The classes are loaded already.
  }

  /** The one that is there: nothing is woven, so nothing must be loaded twice. */
  @Override
  public ClassLoader getNewTempClassLoader() {
    return getClassLoader();
  }
}
