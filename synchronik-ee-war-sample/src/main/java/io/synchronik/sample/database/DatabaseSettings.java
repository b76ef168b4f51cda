package io.synchronik.sample.database;

import java.util.Properties;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Where the sample's database is.
 *
 * @param url the JDBC URL
 * @param user empty for none
 * @param password empty for none
 */
record DatabaseSettings(String url, String user, String password) {

  /**
   * Reads {@code url}, {@code user} and {@code password}. Without a URL it is an H2 file in the
   * server's own data directory: two servers have two files, and a file is still there after a
   * restart and a new deployment.
   *
   * @param setting reads a setting, null when it is not set
   * @param system reads a system property, null when it is not set
   */
  static DatabaseSettings read(
      Function<String, @Nullable String> setting, Function<String, @Nullable String> system) {
    String url = setting.apply("url");
    if (url == null) {
      return new DatabaseSettings(h2(directory(system)), "sa", "");
    }
    return new DatabaseSettings(
        url, orEmpty(setting.apply("user")), orEmpty(setting.apply("password")));
  }

  /** What a JDBC driver is given. */
  Properties properties() {
    Properties properties = new Properties();
    if (!user.isEmpty()) {
      properties.setProperty("user", user);
      properties.setProperty("password", password);
    }
    return properties;
  }

  private static String directory(Function<String, @Nullable String> system) {
    String wildfly = system.apply("jboss.server.data.dir");
    if (wildfly != null) {
      return wildfly;
    }
    String payara = system.apply("com.sun.aas.instanceRoot");
    return payara != null ? payara : system.apply("user.home") + "/.synchronik";
  }

  /**
   * {@code async}: an interrupted thread would break a plain file for all connections. The server
   * closes its connections when it stops, so H2 needs no exit hook of its own; what was committed
   * is written at once and not half a second later.
   */
  private static String h2(String directory) {
    return "jdbc:h2:async:"
        + directory.replace('\\', '/')
        + "/sample/synchronik;DB_CLOSE_ON_EXIT=FALSE;WRITE_DELAY=0";
  }

  private static String orEmpty(@Nullable String value) {
    return value == null ? "" : value;
  }
}
