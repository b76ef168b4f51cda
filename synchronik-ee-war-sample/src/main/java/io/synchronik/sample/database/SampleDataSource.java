package io.synchronik.sample.database;

import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.ServiceLoader;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;
import org.jspecify.annotations.Nullable;

/**
 * Connects to the database of the settings: one JNDI name for H2 and PostgreSQL. The server pools
 * its connections, see {@link SampleDatabase}.
 */
public class SampleDataSource implements DataSource {
  private @Nullable DatabaseSettings settings;
  private @Nullable Driver driver;

  /** Reads the settings. Called once by the server, which needs a property to set. */
  public void setSettings(String prefix) throws SQLException {
    ClassLoader loader = SampleDataSource.class.getClassLoader();
    Config config = ConfigProvider.getConfig(loader);
    DatabaseSettings found =
        DatabaseSettings.read(
            key -> config.getOptionalValue(prefix + "." + key, String.class).orElse(null),
            System::getProperty);
    driver = driverFor(found.url(), loader);
    settings = found;
  }

  private static Driver driverFor(String url, ClassLoader loader) throws SQLException {
    for (Driver driver : ServiceLoader.load(Driver.class, loader)) {
      if (driver.acceptsURL(url)) {
        return driver;
      }
    }
    throw new SQLException("no driver takes the URL " + url);
  }

  @Override
  public Connection getConnection() throws SQLException {
    if (settings == null || driver == null) {
      throw new SQLException("no settings");
    }
    return driver.connect(settings.url(), settings.properties());
  }

  /** The same: user and password come from the settings. */
  @Override
  public Connection getConnection(String user, String password) throws SQLException {
    return getConnection();
  }

  @Override
  public @Nullable PrintWriter getLogWriter() {
    return null;
  }

  @Override
  public void setLogWriter(@Nullable PrintWriter out) {}

  @Override
  public void setLoginTimeout(int seconds) {}

  @Override
  public int getLoginTimeout() {
    return 0;
  }

  @Override
  public Logger getParentLogger() throws SQLFeatureNotSupportedException {
    throw new SQLFeatureNotSupportedException();
  }

  @Override
  public <T> T unwrap(Class<T> type) throws SQLException {
    if (!type.isInstance(this)) {
      throw new SQLException("not a " + type.getName());
    }
    return type.cast(this);
  }

  @Override
  public boolean isWrapperFor(Class<?> type) {
    return type.isInstance(this);
  }
}
