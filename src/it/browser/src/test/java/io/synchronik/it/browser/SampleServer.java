package io.synchronik.it.browser;

import io.synchronik.it.testkit.Await;
import io.synchronik.it.testkit.WildFly;
import io.synchronik.it.testkit.WildFlyBase;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** The sample on a WildFly of its own, with an empty database; one for all tests. */
final class SampleServer implements ParameterResolver {
  private static final ExtensionContext.Namespace NAMESPACE =
      ExtensionContext.Namespace.create(SampleServer.class);

  /** The server while the tests run. */
  record Running(WildFlyBase base, WildFly process) implements AutoCloseable {
    /** Starts one in a directory of that name. */
    static Running start(String name) {
      try {
        Path directory = Path.of(System.getProperty("sample.directory"));
        Files.createDirectories(directory);
        Path war = directory.resolve("sample.war");
        Files.copy(
            Path.of(System.getProperty("sample.war")), war, StandardCopyOption.REPLACE_EXISTING);
        return start(
            WildFlyBase.create(
                directory.resolve(name),
                new WildFlyBase.Setup(
                    Path.of(System.getProperty("wildfly.home")),
                    List.of(Path.of(System.getProperty("wildfly.yaml"))),
                    List.of(war))));
      } catch (IOException e) {
        throw new IllegalStateException("The sample does not start", e);
      }
    }

    private static Running start(WildFlyBase base) throws IOException {
      return new Running(
          base,
          WildFly.start(
              base,
              Map.of(
                  "synchronik.node", "browser",
                  "synchronik.dashboard.environment", "production",
                  "sample.campaign.effort-ms", "0",
                  "sample.http.port", String.valueOf(base.uri("/").getPort()))));
    }

    /** Starts it again after it was killed. */
    Running again() throws IOException {
      return start(base);
    }

    /** The sample bills by itself once an hour, first a few seconds after its start. */
    Running awaitFirstMonth() throws IOException {
      try (Proxy viewer = Proxy.of(this, "viewer")) {
        for (String unit : List.of("billing", "email-campaign")) {
          String runs = "api/synchronik/units/" + unit + "/runs?state=completed";
          Await.until(Browser.PATIENCE, () -> viewer.shows(runs, "endedAt"));
        }
      }
      return this;
    }

    URI uri(String path) {
      return base.uri("/sample/" + path);
    }

    @Override
    public void close() {
      process.close();
    }
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == Running.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return context
        .getRoot()
        .getStore(NAMESPACE)
        .getOrComputeIfAbsent(Running.class, type -> started(), Running.class);
  }

  private static Running started() {
    Running running = Running.start("server");
    try {
      return running.awaitFirstMonth();
    } catch (IOException | AssertionError e) {
      running.close();
      throw new IllegalStateException("The sample does not bill", e);
    }
  }
}
