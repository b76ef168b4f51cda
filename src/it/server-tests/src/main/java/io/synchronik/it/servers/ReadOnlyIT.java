package io.synchronik.it.servers;

import static org.assertj.core.api.Assertions.assertThat;

import io.synchronik.it.servers.Site.Reply;
import java.net.URL;
import java.util.List;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** An admin resource through which nobody changes anything. */
@ExtendWith(ArquillianExtension.class)
@RunAsClient
class ReadOnlyIT {
  private static final String IDLE = "api/synchronik/units/idle";

  @Deployment(testable = false)
  static WebArchive war() {
    return Wars.configured(
        Wars.withPlugin("read-only", "access"),
        "synchronik.admin.read-only=true",
        "synchronik.dashboard.environment=test");
  }

  @ArquillianResource URL base;

  @Test
  void adminsLookAndChangeNothing() {
    Site admin = Site.at(base).as("admin").with("X-Synchronik", "1");
    for (String path : List.of("/pause", "/resume", "/enable", "/disable", "/runs", "/stop")) {
      Reply reply = admin.post(IDLE + path);
      assertThat(reply.status()).as(path).isEqualTo(403);
      assertThat(reply.type()).isEqualTo("application/problem+json");
      assertThat(reply.body()).contains("synchronik.admin.read-only");
    }
    assertThat(admin.post("api/synchronik/engine/stop").status()).isEqualTo(403);
    assertThat(admin.send("PATCH", IDLE + "/config", "{}").status()).isEqualTo(403);
    assertThat(admin.text(IDLE)).contains("\"paused\":false", "\"runs\":0");
    assertThat(admin.text("api/synchronik/session"))
        .contains("\"role\":\"admin\"", "\"readOnly\":true");
    assertThat(admin.text("synchronik/config.json")).contains("\"environment\":\"test\"");
  }
}
