package io.synchronik.it.browser;

import io.synchronik.it.testkit.Await;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The sample on a Payara whose domain the build has made. */
final class PayaraServer implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final Path HOME = Path.of(System.getProperty("payara.home"));
  private static final String DOMAIN = "it";

  private PayaraServer() {}

  static PayaraServer start() throws IOException {
    Path domain = HOME.resolve("glassfish/domains").resolve(DOMAIN);
    Path deployed = Files.createDirectories(domain.resolve("autodeploy")).resolve("sample.war");
    Files.copy(
        Path.of(System.getProperty("sample.war")), deployed, StandardCopyOption.REPLACE_EXISTING);
    PayaraServer server = new PayaraServer();
    try {
      domain("start-domain");
      Await.until(PATIENCE, () -> "The sample is not deployed", server::answers);
    } catch (IOException | AssertionError e) {
      server.close();
      throw e;
    }
    return server;
  }

  private boolean answers() {
    HttpRequest request = HttpRequest.newBuilder(URI.create(uri("synchronik/config.json"))).build();
    try {
      return HttpClient.newHttpClient().send(request, BodyHandlers.discarding()).statusCode()
          == 200;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static void domain(String what, String... options) throws IOException {
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    List<String> command = new ArrayList<>();
    command.add(java.toString());
    command.add("-jar");
    command.add(HOME.resolve("glassfish/lib/client/appserver-cli.jar").toString());
    command.add(what);
    command.addAll(List.of(options));
    command.add(DOMAIN);
    ProcessBuilder asadmin = new ProcessBuilder(command).inheritIO();
    asadmin.environment().put("AS_JAVA", System.getProperty("java.home"));
    int code = asadmin.start().onExit().join().exitValue();
    if (code != 0) {
      throw new IOException(what + " ends with " + code);
    }
  }

  String uri(String path) {
    return "http://localhost:" + System.getProperty("payara.port") + "/sample/" + path;
  }

  @Override
  public void close() throws IOException {
    domain("stop-domain", "--kill");
  }
}
