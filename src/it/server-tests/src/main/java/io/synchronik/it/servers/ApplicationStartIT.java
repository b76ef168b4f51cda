package io.synchronik.it.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.synchronik.it.servers.app.start.AtOnce;
import io.synchronik.it.testkit.Await;
import io.synchronik.it.testkit.Probe;
import java.net.URL;
import java.util.ArrayList;
import java.util.List;
import org.jboss.arquillian.container.test.api.Deployer;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.OperateOnDeployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Nothing of the engine begins before the application has started. */
@ExtendWith(ArquillianExtension.class)
@RunAsClient
class ApplicationStartIT {
  private static final String OPEN = "open";
  private static final String SILENT = "silent";
  private static final String SLOW = "slow";
  private static final String TWO = "two-slow";
  private static final String BAD_LISTENER = "bad-listener";
  private static final String BAD_SERVLET = "bad-servlet";
  private static final List<String> CLASSES =
      List.of("Sequence", "AtOnce", "Asked", "Witness", "SlowBean", "SlowListener", "SlowServlet");

  /** Tells what happened, of all. */
  @Deployment(name = OPEN, testable = false)
  static WebArchive open() {
    return withClasses(Wars.withPlugin(OPEN), "Sequence", "SequenceResource");
  }

  private static WebArchive withClasses(WebArchive war, String... names) {
    for (String name : names) {
      war.addClass(AtOnce.class.getPackageName() + "." + name);
    }
    return war;
  }

  private static WebArchive without(String name, String... others) {
    List<String> classes = new ArrayList<>(CLASSES);
    classes.removeAll(List.of(others));
    return withClasses(Wars.plain(name), classes.toArray(new String[0]))
        .addAsLibraries(Wars.jars());
  }

  @Deployment(name = SLOW, testable = false, managed = false)
  static WebArchive slow() {
    return without(SLOW);
  }

  /** Has no servlet of its own, and no listener. */
  @Deployment(name = SILENT, testable = false, managed = false)
  static WebArchive silent() {
    return without(SILENT, "SlowListener", "SlowServlet");
  }

  @Deployment(name = TWO, testable = false, managed = false)
  static EnterpriseArchive two() {
    return Wars.ear(TWO, without("one"), without("other"));
  }

  @Deployment(name = BAD_LISTENER, testable = false, managed = false)
  static WebArchive badListener() {
    return withClasses(without(BAD_LISTENER, "SlowListener"), "FailingListener");
  }

  @Deployment(name = BAD_SERVLET, testable = false, managed = false)
  static WebArchive badServlet() {
    return withClasses(without(BAD_SERVLET, "SlowServlet"), "FailingServlet");
  }

  @ArquillianResource Deployer deployer;

  @ArquillianResource
  @OperateOnDeployment(OPEN)
  URL base;

  private Site site;

  @BeforeEach
  void site() {
    site = Site.at(base);
  }

  private List<String> sequence(String application) {
    return site.lines("api/sequence").stream()
        .filter(line -> line.startsWith(application + " "))
        .map(line -> line.substring(application.length() + 1))
        .toList();
  }

  private void assertBegunAfter(String application, List<String> steps, List<String> work) {
    Await.until(
        Probe.PATIENCE,
        () -> "There is " + sequence(application),
        () -> sequence(application).containsAll(work));
    List<String> sequence = sequence(application);
    List<String> before =
        sequence.stream().takeWhile(line -> !work.contains(line)).map(this::what).toList();
    assertThat(sequence.stream().map(this::what))
        .as("all %s", sequence.stream().limit(50).toList())
        .containsAll(steps);
    assertThat(before).as("before any work, of %s", sequence).containsAll(steps);
    assertThat(sequence).filteredOn(line -> line.contains("[")).allMatch(l -> l.contains("[]"));
    assertThat(site.lines("api/notes")).noneMatch(note -> note.contains("SYNC-0183"));
  }

  private String what(String line) {
    return line.replaceFirst(" \\[.*", "");
  }

  @Test
  void afterBeansListenersAndServlets() {
    deployer.deploy(SLOW);
    try {
      assertBegunAfter(
          SLOW,
          List.of("bean ended", "listener ended", "servlet ended"),
          List.of("worked", "asked", "observed"));
    } finally {
      deployer.undeploy(SLOW);
    }
  }

  @Test
  void withoutServletsOfItsOwn() {
    deployer.deploy(SILENT);
    try {
      assertBegunAfter(SILENT, List.of("bean ended"), List.of("worked", "observed"));
    } finally {
      deployer.undeploy(SILENT);
    }
  }

  @Test
  void inAnEar() {
    deployer.deploy(TWO);
    try {
      for (String application : List.of("one", "other")) {
        assertBegunAfter(
            application,
            List.of("bean ended", "listener ended", "servlet ended"),
            List.of("worked", "asked", "observed"));
      }
    } finally {
      deployer.undeploy(TWO);
    }
  }

  @Test
  void neverWhenAListenerFails() {
    assertThat(catchThrowable(() -> deployer.deploy(BAD_LISTENER))).isNotNull();

    assertNothingOf(BAD_LISTENER);
  }

  /** On some servers an application lives without such a servlet. */
  @Test
  void neverWhenTheDeploymentFailsWithAServlet() {
    Throwable failure = catchThrowable(() -> deployer.deploy(BAD_SERVLET));

    if (failure == null) {
      try {
        assertBegunAfter(
            BAD_SERVLET, List.of("bean ended", "listener ended"), List.of("worked", "observed"));
      } finally {
        deployer.undeploy(BAD_SERVLET);
      }
    } else {
      assertNothingOf(BAD_SERVLET);
    }
  }

  private void assertNothingOf(String application) {
    Await.until(
        Probe.PATIENCE,
        () -> site.text("api/sequence/threads"),
        () -> !site.text("api/sequence/threads").contains(application));
    assertThat(sequence(application))
        .contains("bean ended []")
        .doesNotContain("worked", "asked", "observed");
  }
}
