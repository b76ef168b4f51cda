package io.synchronik.it.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.util.List;
import org.jboss.arquillian.container.test.api.Deployer;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** An application with wrong definitions is not deployed, and whoever deploys it hears of all. */
@ExtendWith(ArquillianExtension.class)
@RunAsClient
class DefinitionErrorsIT {
  private static final String BAD = "bad";

  @Deployment(name = BAD, testable = false, managed = false)
  static WebArchive war() {
    return Wars.withPlugin(BAD, "bad");
  }

  @Test
  void allErrorsAreInTheMessage(@ArquillianResource Deployer deployer) {
    Throwable failure = catchThrowable(() -> deployer.deploy(BAD));

    assertThat(failure).isNotNull();
    String told = told(failure);
    assertThat(told)
        .contains("SYNC-0017 14 definition error(s)")
        .contains("SYNC-0007", "'twin'", "Twins.first", "Twins.second")
        .contains("SYNC-0008", "'no spaces'")
        .contains("SYNC-0009", "'no-work'", "NoWork")
        .contains("SYNC-0010", "'private-method'", "'static-method'", "'final-method'")
        .contains("SYNC-0011", "'in-session'", "InSession")
        .contains("SYNC-0012", "'bad-cron'", "'bad-interval'", "'bad-retries'", "'no-value'")
        .contains("SYNC-0013", "'no-bean'", "NoBean")
        .contains("SYNC-0014", "'strange-parameter'")
        .contains("SYNC-0015", "'own-transaction'");
    assertThat(List.of("private", "static", "final")).allMatch(told::contains);
  }

  private static String told(Throwable failure) {
    StringBuilder all = new StringBuilder();
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      all.append(cause.getMessage()).append('\n');
    }
    return all.toString();
  }
}
