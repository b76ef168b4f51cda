package io.synchronik.it.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** How much is loaded. */
@ExtendWith(SampleServer.class)
class SizeIT {
  private static final long KB = 1024;
  private static final long FIRST = 75 * KB;
  private static final long ALL = 250 * KB;
  private static final String PAGE = "io/synchronik/impl/dashboard/page/";

  @Test
  void pageIsThereSoon(SampleServer.Running sample) throws IOException {
    try (Proxy proxy = Proxy.of(sample, "viewer");
        Browser browser = Browser.open()) {
      browser.goLive(proxy, "#/");

      Object loaded =
          browser.value(
              """
              return performance.getEntriesByType("resource")
                .concat(performance.getEntriesByType("navigation"))
                .filter((entry) => !entry.name.includes("/api/"))
                .reduce((sum, entry) => sum + entry.encodedBodySize, 0);
              """);

      assertThat(((Number) loaded).longValue()).isBetween(10 * KB, FIRST);
    }
  }

  @Test
  void allOfItIsSmall() throws IOException {
    long all = 0;
    try (InputStream war = Files.newInputStream(Path.of(System.getProperty("sample.war")))) {
      ZipInputStream outer = new ZipInputStream(war);
      for (ZipEntry entry = outer.getNextEntry(); entry != null; entry = outer.getNextEntry()) {
        if (entry.getName().startsWith("WEB-INF/lib/synchronik-ee-impl")) {
          all += zipped(new ZipInputStream(new ByteArrayInputStream(outer.readAllBytes())));
        }
      }
    }
    assertThat(all).isBetween(10 * KB, ALL);
  }

  /** How much the files of the page are when each is zipped, as they are sent. */
  private static long zipped(ZipInputStream jar) throws IOException {
    long sum = 0;
    for (ZipEntry entry = jar.getNextEntry(); entry != null; entry = jar.getNextEntry()) {
      if (entry.getName().startsWith(PAGE) && !entry.isDirectory()) {
        ByteArrayOutputStream zipped = new ByteArrayOutputStream();
        try (GZIPOutputStream zip = new GZIPOutputStream(zipped)) {
          jar.transferTo(zip);
        }
        sum += zipped.size();
      }
    }
    return sum;
  }
}
