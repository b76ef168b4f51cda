import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.h2.tools.Server;

/**
 * Runs the sample on two WildFlys that share a database: this process serves it, so either node may
 * be ended. Arguments: where WildFly is unpacked, the sample's WAR, the directory of this file, and
 * where the nodes and the database are kept.
 */
final class TwoNodes {
  private static final int HTTP = 8080;
  private static final int OFFSET = 100;
  private static final int DATABASE_PORT = 9192;

  private TwoNodes() {}

  public static void main(String[] arguments) throws Exception {
    Path home = Path.of(arguments[0]);
    Path war = Path.of(arguments[1]);
    Path settings = Path.of(arguments[2]);
    Path directory = Path.of(arguments[3]);
    Server database =
        Server.createTcpServer(
                "-tcpPort",
                String.valueOf(DATABASE_PORT),
                "-ifNotExists",
                "-baseDir",
                String.valueOf(Files.createDirectories(directory.resolve("database"))))
            .start();
    List<Process> nodes = new ArrayList<>();
    // Ctrl-C reaches the nodes too: the database stays until they have written what they have done.
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  nodes.forEach(Process::destroy);
                  nodes.forEach(node -> node.onExit().join());
                  database.stop();
                }));
    int offset = 0;
    for (String name : List.of("north", "south")) {
      Path base = prepared(home, war, directory.resolve(name));
      nodes.add(node(name, home, settings, base, offset));
      System.out.printf(
          "%s: http://localhost:%d/sample/synchronik/, process %d, log %s%n",
          name, HTTP + offset, nodes.get(nodes.size() - 1).pid(), base.resolve("console.log"));
      if (offset == 0) {
        awaitSample(nodes.get(0));
      }
      offset += OFFSET;
    }
    for (Process node : nodes) {
      node.waitFor();
    }
    System.exit(0);
  }

  /** The first node makes the tables and the customers before the second one looks for them. */
  private static void awaitSample(Process node) throws InterruptedException {
    HttpClient client = HttpClient.newHttpClient();
    HttpRequest look =
        HttpRequest.newBuilder(URI.create("http://localhost:" + HTTP + "/sample/")).build();
    while (node.isAlive()) {
      try {
        if (client.send(look, HttpResponse.BodyHandlers.discarding()).statusCode() == 200) {
          return;
        }
      } catch (IOException e) {
        // It does not listen yet.
      }
      Thread.sleep(500);
    }
  }

  /** A configuration as it comes, and the WAR. */
  private static Path prepared(Path home, Path war, Path base) throws IOException {
    Path from = home.resolve("standalone/configuration");
    Path to = Files.createDirectories(base.resolve("configuration"));
    try (Stream<Path> files = Files.list(from)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Files.copy(file, to.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
      }
    }
    Path deployments = Files.createDirectories(base.resolve("deployments"));
    try (Stream<Path> old = Files.list(deployments)) {
      for (Path file : old.toList()) {
        Files.delete(file);
      }
    }
    Files.copy(war, deployments.resolve("sample.war"));
    return base;
  }

  private static Process node(String name, Path home, Path settings, Path base, int offset)
      throws IOException {
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "@" + settings.resolve("wildfly.options"),
            "-Djboss.tx.node.id=" + name,
            "-Djboss.node.name=" + name,
            "-Dsynchronik.node=" + name,
            "-Dsample.http.port=" + (HTTP + offset),
            "-Dsample.database.url=jdbc:h2:tcp://localhost:" + DATABASE_PORT + "/./sample",
            "-Dsample.database.user=sa",
            "-jar",
            home.resolve("jboss-modules.jar").toString(),
            "-mp",
            home.resolve("modules").toString(),
            "org.jboss.as.standalone",
            "-Djboss.home.dir=" + home,
            "-Djboss.server.base.dir=" + base,
            "-Djboss.socket.binding.port-offset=" + offset,
            "--yaml=" + settings.resolve("wildfly.yml"));
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(base.resolve("console.log").toFile())
        .start();
  }
}
