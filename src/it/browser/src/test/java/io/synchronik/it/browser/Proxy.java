package io.synchronik.it.browser;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.synchronik.it.testkit.Ports;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Stands before the sample as the proxy of a company does: below another path, with a login of its
 * own, and it may fail.
 */
final class Proxy implements AutoCloseable {
  /** Where the application is, from outside. */
  private static final String PREFIX = "/ops/jobs/";

  private static final Set<String> NOT_PASSED_ON =
      Set.of(
          "host", "connection", "content-length", "transfer-encoding", "upgrade", "http2-settings");
  private static final String STREAM = "events/stream";

  /** What becomes of requests. */
  enum Mood {
    OPEN,
    /** There are no streams, as there are too many already. */
    NO_STREAMS,
    /** Nobody gets behind it without its own password. */
    GUARDED,
    /** Connections are closed without an answer. */
    AWAY
  }

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Set<InputStream> streams = ConcurrentHashMap.newKeySet();
  private final AtomicInteger opened = new AtomicInteger();
  private final HttpServer server;
  private final URI target;
  private final String login;
  private volatile Mood mood = Mood.OPEN;

  private Proxy(HttpServer server, URI target, String user) {
    this.server = server;
    this.target = target;
    this.login =
        "Basic "
            + Base64.getEncoder()
                .encodeToString((user + ":" + user).getBytes(StandardCharsets.UTF_8));
  }

  /** Starts one that logs in as somebody whose password is the name. */
  static Proxy of(SampleServer.Running sample, String user) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), Ports.free()), 0);
    Proxy proxy = new Proxy(server, sample.uri(""), user);
    server.setExecutor(proxy.threads);
    server.createContext(PREFIX, proxy::pass);
    server.start();
    return proxy;
  }

  String uri(String path) {
    return "http://localhost:" + server.getAddress().getPort() + PREFIX + path;
  }

  void mood(Mood now) {
    mood = now;
  }

  /** How many streams of events have been opened. */
  int streamsOpened() {
    return opened.get();
  }

  /** Ends all streams in the middle. */
  void cutStreams() {
    streams.forEach(Proxy::close);
  }

  private static void close(InputStream stream) {
    try {
      stream.close();
    } catch (IOException ignored) {
      // It has ended already.
    }
  }

  private void pass(HttpExchange exchange) throws IOException {
    try (exchange) {
      boolean stream = exchange.getRequestURI().getPath().endsWith(STREAM);
      if (mood == Mood.AWAY) {
        return;
      }
      if (stream && mood == Mood.NO_STREAMS) {
        send(
            exchange,
            429,
            "application/problem+json",
            "{\"title\":\"Too many streams\",\"status\":429}");
        return;
      }
      if (mood == Mood.GUARDED && !letIn(exchange)) {
        return;
      }
      HttpResponse<InputStream> answer =
          client.send(request(exchange), BodyHandlers.ofInputStream());
      answer
          .headers()
          .map()
          .forEach(
              (name, values) -> {
                if (passedOn(name)) {
                  exchange.getResponseHeaders().put(name, values);
                }
              });
      try (InputStream body = answer.body()) {
        if (stream) {
          streams.add(body);
          opened.incrementAndGet();
        }
        exchange.sendResponseHeaders(answer.statusCode(), empty(answer) ? -1 : 0);
        if (!empty(answer)) {
          copy(body, exchange.getResponseBody());
        }
      } finally {
        streams.remove(answer.body());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Keeps the page's data from those without its cookie, and asks for the password as a form does.
   */
  private static boolean letIn(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    String cookies =
        String.join(";", exchange.getRequestHeaders().getOrDefault("Cookie", List.of()));
    if (!path.startsWith(PREFIX + "api/") || cookies.contains("in=yes")) {
      return true;
    }
    if (!path.endsWith("session/enter")) {
      send(exchange, 401, "application/problem+json", "{\"title\":\"Log in\",\"status\":401}");
    } else if (exchange.getRequestMethod().equals("POST")) {
      exchange.getResponseHeaders().set("Set-Cookie", "in=yes; Path=" + PREFIX + "; HttpOnly");
      exchange.getResponseHeaders().set("Location", exchange.getRequestURI().toString());
      send(exchange, 303, "text/plain", "");
    } else {
      send(exchange, 200, "text/html", "<form method=post><input name=password></form>");
    }
    return false;
  }

  private static void send(HttpExchange exchange, int status, String type, String body)
      throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", type);
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  private static boolean empty(HttpResponse<?> answer) {
    return answer.statusCode() == 204 || answer.statusCode() == 304;
  }

  private static boolean passedOn(String header) {
    return !header.startsWith(":") && !NOT_PASSED_ON.contains(header.toLowerCase(Locale.ROOT));
  }

  private HttpRequest request(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().toString().substring(PREFIX.length());
    byte[] body = exchange.getRequestBody().readAllBytes();
    HttpRequest.Builder request =
        HttpRequest.newBuilder(target.resolve(path))
            .method(
                exchange.getRequestMethod(),
                body.length == 0 ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body));
    exchange
        .getRequestHeaders()
        .forEach(
            (name, values) -> {
              if (passedOn(name)) {
                values.forEach(value -> request.header(name, value));
              }
            });
    return request.setHeader("Authorization", login).build();
  }

  private static void copy(InputStream from, OutputStream to) throws IOException {
    byte[] piece = new byte[8192];
    for (int read = from.read(piece); read >= 0; read = from.read(piece)) {
      to.write(piece, 0, read);
      to.flush();
    }
  }

  /** Returns what the sample answers with, asked directly. */
  String ask(String method, String path, String body) throws IOException {
    HttpRequest request =
        HttpRequest.newBuilder(target.resolve(path))
            .method(
                method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
            .header("Authorization", login)
            .header("X-Synchronik", "1")
            .header("Content-Type", "application/json")
            .header("Accept", "application/json")
            .build();
    try {
      HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
      if (answer.statusCode() >= 300) {
        throw new IOException(path + " gave " + answer.statusCode() + ": " + answer.body());
      }
      return answer.body();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  /** Whether a text is part of what the sample answers with. */
  boolean shows(String path, String text) {
    try {
      return ask("GET", path, "").contains(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    cutStreams();
    server.stop(0);
    threads.shutdownNow();
  }
}
