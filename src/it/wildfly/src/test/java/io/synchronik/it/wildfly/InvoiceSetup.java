package io.synchronik.it.wildfly;

import io.synchronik.it.testkit.Database;
import io.synchronik.it.testkit.WildFlyBase;
import io.synchronik.it.wildfly.invoices.Invoicing;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Objects;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.exporter.ZipExporter;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.postgresql.Driver;

/** What both servers have: the application with {@link Invoicing}, the driver, a data source. */
final class InvoiceSetup {
  /**
   * The pool drops connections that the database has ended. One of a {@code @DataSourceDefinition}
   * would keep them.
   */
  private static final String DATA_SOURCE =
      """
      wildfly-configuration:
        subsystem:
          datasources:
            data-source:
              invoices:
                jndi-name: "java:/jdbc/invoices"
                driver-name: "postgresql.jar"
                connection-url: "%1$s"
                user-name: "postgres"
                max-pool-size: 20
                exception-sorter-class-name: "%2$s.PostgreSQLExceptionSorter"
                valid-connection-checker-class-name: "%2$s.PostgreSQLValidConnectionChecker"
                validate-on-match: true
      """;

  private static final String CHECKS = "org.jboss.jca.adapters.jdbc.extensions.postgres";
  private static final String SETTINGS =
      """
      synchronik.datasource=java:/jdbc/invoices
      synchronik.workers=4
      synchronik.lease=5s
      synchronik.loop-interval=200ms
      synchronik.watcher-interval=1s
      """;

  private InvoiceSetup() {}

  /** Writes all that is needed; the invoices and the engine's tables are in this database. */
  static WildFlyBase.Setup write(Path directory, Database database)
      throws IOException, URISyntaxException {
    Files.createDirectories(directory);
    Path yaml = directory.resolve("datasource.yml");
    Files.writeString(yaml, DATA_SOURCE.formatted(database.url(), CHECKS));
    Path driver = directory.resolve("postgresql.jar");
    Files.copy(
        Path.of(Driver.class.getProtectionDomain().getCodeSource().getLocation().toURI()),
        driver,
        StandardCopyOption.REPLACE_EXISTING);
    return new WildFlyBase.Setup(
        Path.of(System.getProperty("wildfly.home")),
        List.of(yaml),
        List.of(driver, war(directory.resolve("invoices.war"))));
  }

  private static Path war(Path file) {
    File libraries = new File(System.getProperty("war.libs"));
    ShrinkWrap.create(WebArchive.class)
        .addPackage(Invoicing.class.getPackage())
        .addAsLibraries(Objects.requireNonNull(libraries.listFiles(), libraries::toString))
        .addAsResource(new StringAsset(SETTINGS), "META-INF/microprofile-config.properties")
        .as(ZipExporter.class)
        .exportTo(file.toFile(), true);
    return file;
  }
}
