package io.synchronik.it.browser;

import io.synchronik.it.browser.form.FormLogin;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/**
 * The sample below another path, with a login by a form, a database of its own and no schedules.
 */
final class FormSample {
  private static final String CLASSES = "WEB-INF/classes/";
  private static final String LOGIN = FormLogin.class.getName().replace('.', '/') + ".class";

  private static final String PAGE =
      """
      <!doctype html><title>Log in</title>
      <form method=post action=j_security_check><input name=j_username><input name=j_password><button>Log in</button></form>
      """;

  private static final String WEB_XML =
      """
      <web-app xmlns="https://jakarta.ee/xml/ns/jakartaee" version="6.0">
        <security-constraint>
          <web-resource-collection>
            <web-resource-name>admin</web-resource-name>
            <url-pattern>/api/synchronik/*</url-pattern>
          </web-resource-collection>
          <auth-constraint><role-name>synchronik-viewer</role-name></auth-constraint>
        </security-constraint>
        <security-role><role-name>synchronik-viewer</role-name></security-role>
      </web-app>
      """;

  private static final String SETTINGS =
      """
      synchronik.datasource=java:app/jdbc/sample
      sample.database.url=jdbc:h2:mem:form;DB_CLOSE_DELAY=-1
      sample.database.user=sa
      sample.url=http://localhost
      sample.catalogue.url=http://localhost
      sample.health.targets=none
      sample.archive.down=true
      sample.lecture.directory=${java.io.tmpdir}
      sample.scraper.robots=http://localhost
      sample.campaign.bounce-percent=5
      sample.campaign.effort-ms=0
      synchronik.unit.archive-books.enabled=false
      synchronik.unit.data-ingestion-worker.enabled=false
      synchronik.unit.health-monitor.enabled=false
      synchronik.unit.month-end.enabled=false
      synchronik.unit.order-covers.enabled=false
      synchronik.unit.stock-take.enabled=false
      """;

  private static final Map<String, String> INSTEAD =
      Map.of(
          "login.html",
          PAGE,
          "WEB-INF/web.xml",
          WEB_XML,
          CLASSES + "META-INF/microprofile-config.properties",
          SETTINGS,
          "WEB-INF/jboss-web.xml",
          "<jboss-web/>",
          CLASSES + "io/synchronik/sample/SampleLogin.class",
          "");

  private FormSample() {}

  /** Writes the WAR. */
  static void write(Path to) throws IOException {
    try (ZipInputStream sample =
            new ZipInputStream(Files.newInputStream(Path.of(System.getProperty("sample.war"))));
        ZipOutputStream war = new ZipOutputStream(Files.newOutputStream(to))) {
      for (ZipEntry entry = sample.getNextEntry(); entry != null; entry = sample.getNextEntry()) {
        if (!INSTEAD.containsKey(entry.getName())) {
          war.putNextEntry(new ZipEntry(entry.getName()));
          sample.transferTo(war);
        }
      }
      for (Map.Entry<String, String> other : INSTEAD.entrySet()) {
        if (!other.getValue().isEmpty()) {
          war.putNextEntry(new ZipEntry(other.getKey()));
          war.write(other.getValue().getBytes(StandardCharsets.UTF_8));
        }
      }
      war.putNextEntry(new ZipEntry(CLASSES + LOGIN));
      try (InputStream login = FormSample.class.getClassLoader().getResourceAsStream(LOGIN)) {
        Objects.requireNonNull(login).transferTo(war);
      }
    }
  }
}
