package io.synchronik.it.servers;

import static org.assertj.core.api.Assertions.assertThat;

import io.synchronik.it.testkit.Await;
import io.synchronik.it.testkit.Probe;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.file.Path;
import org.jboss.arquillian.container.test.api.Deployer;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.OperateOnDeployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What stays when an application goes: its state; and what does not: anything else. */
@ExtendWith(ArquillianExtension.class)
@RunAsClient
class RedeployIT {
  private static final String WATCH = "watch";
  private static final String REDEPLOY = "redeploy";
  private static final int CYCLES = 4;

  @Deployment(name = WATCH, testable = false)
  static WebArchive watch() {
    return Wars.plain(WATCH, "watch");
  }

  @Deployment(name = REDEPLOY, testable = false, managed = false)
  static WebArchive redeployed() {
    return Wars.configured(
            Wars.withPlugin(REDEPLOY, "redeploy"), "synchronik.datasource=java:app/jdbc/lasting")
        .setManifest(new StringAsset("Manifest-Version: 1.0\nDependencies: com.h2database.h2\n"));
  }

  @ArquillianResource Deployer deployer;

  @ArquillianResource
  @OperateOnDeployment(WATCH)
  URL base;

  private Site watch;
  private Site site;

  @BeforeEach
  void deploy() {
    watch = Site.at(base);
    site = watch.neighbour(REDEPLOY);
    deployer.deploy(REDEPLOY);
  }

  @AfterEach
  void undeploy() {
    deployer.undeploy(REDEPLOY);
  }

  private void redeploy() {
    deployer.undeploy(REDEPLOY);
    deployer.deploy(REDEPLOY);
  }

  @Test
  void aPauseAndTheCountsSurviveARedeploy() {
    Await.until(Probe.PATIENCE, () -> completed() >= 3);
    site.posted("api/manager/heartbeat/pause");
    long completed = completedWhenQuiet();

    redeploy();

    assertThat(site.text("api/manager/heartbeat/paused")).isEqualTo("true");
    assertThat(completed()).isEqualTo(completed);
    assertThat(site.text("api/notes")).doesNotContain("beat");
    site.posted("api/manager/heartbeat/resume");
    Await.until(Probe.PATIENCE, () -> completed() > completed);
    assertThat(site.text("api/notes")).contains("beat");
  }

  /** Servers and the JDK may hold a class loader or two for a while, but not each. */
  @Test
  void neitherThreadsNorClassLoadersStay() {
    for (int cycle = 0; cycle < CYCLES; cycle++) {
      site.awaitNotes(notes -> notes.contains("beat"));
      assertThat(watch.text("threads")).contains("synchronik-worker", "synchronik-quartz");
      deployer.undeploy(REDEPLOY);
      assertThat(watch.text("threads")).isEmpty();
      deployer.deploy(REDEPLOY);
    }
    Await.until(
        Probe.PATIENCE, this::holders, () -> Integer.parseInt(watch.text("loaders")) < CYCLES);
  }

  /** Tells what holds class loaders in the server of applications that are gone. */
  private String holders() {
    deployer.undeploy(REDEPLOY);
    Path dump = Path.of(watch.text("heap"));
    deployer.deploy(REDEPLOY);
    try {
      return new HeapDump(dump).holders(Wars.APP + ".redeploy.Lasting");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      assertThat(dump.toFile().delete()).isTrue();
    }
  }

  private long completedWhenQuiet() {
    String state = "api/manager/quiet";
    Await.until(Probe.PATIENCE, () -> site.text(state).equals("true"));
    return completed();
  }

  private long completed() {
    return Long.parseLong(site.text("api/manager/heartbeat/completed"));
  }
}
