package io.synchronik.it.servers;

import static org.assertj.core.api.Assertions.assertThat;

import io.synchronik.it.scenarios.Scenarios;
import io.synchronik.it.testkit.Await;
import io.synchronik.it.testkit.Held;
import io.synchronik.it.testkit.Probe;
import java.io.File;
import java.net.URISyntaxException;
import java.net.URL;
import java.util.List;
import org.assertj.core.api.Assertions;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Processes of an application run, and do inside a server what they do without one. */
@ExtendWith(ArquillianExtension.class)
@RunAsClient
class ProcessesIT {
  @Deployment(testable = false)
  static WebArchive application() throws URISyntaxException {
    File assertions =
        new File(Assertions.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    return Wars.withPlugin("processes", "processes")
        .addPackage(Scenarios.class.getPackage())
        .addClasses(Probe.class, Held.class, Await.class)
        .addAsLibrary(assertions);
  }

  @ArquillianResource URL base;
  private Site site;

  @BeforeEach
  void site() {
    site = Site.at(base);
  }

  static List<String> scenarios() {
    return Scenarios.names();
  }

  @ParameterizedTest
  @MethodSource("scenarios")
  void scenario(String name) {
    assertThat(site.posted("api/scenarios/" + name)).isEqualTo("passed");
  }

  @Test
  void producedProcessChoosesItsBranch() {
    String many = site.posted("api/manager/branches/run?payload=7");
    String few = site.posted("api/manager/branches/run?payload=3");

    assertThat(many).startsWith("COMPLETED\n").contains("condition false on count");
    assertThat(result("many")).isEqualTo("\"many: 7 in processes\"");
    assertThat(few).startsWith("COMPLETED\n");
    assertThat(result("few")).isEqualTo("\"few: 3 in processes\"");
  }

  private String result(String unit) {
    return site.text("api/manager/" + unit + "/result");
  }

  @Test
  void annotatedProcessRunsAndItsHookIsTold() {
    assertThat(site.posted("api/manager/declared/run")).startsWith("COMPLETED\n");

    List<String> notes = site.awaitNotes(known -> known.contains("complete declared processes"));
    assertThat(notes).anyMatch(note -> note.startsWith("noted in "));
  }
}
