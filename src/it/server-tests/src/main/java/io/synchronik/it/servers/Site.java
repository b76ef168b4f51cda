package io.synchronik.it.servers;

import io.synchronik.it.testkit.Await;
import io.synchronik.it.testkit.Probe;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URL;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** One deployed application, as a client sees it. */
final class Site {
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  /** Others, such as the date, differ from answer to answer. */
  private static final Set<String> LOOKED_AT =
      Set.of("location", "content-security-policy", "x-content-type-options");

  private static final Duration PATIENCE = Probe.PATIENCE.plusMinutes(1);

  private final URI base;
  private final UnaryOperator<HttpRequest.Builder> manner;

  private Site(URI base, UnaryOperator<HttpRequest.Builder> manner) {
    this.base = base;
    this.manner = manner;
  }

  static Site at(URL base) {
    return new Site(URI.create(base.toString()), request -> request);
  }

  /** Returns another application on the same server. */
  Site neighbour(String context) {
    return new Site(base.resolve("/" + context + "/"), manner);
  }

  /** Returns the site as somebody sees it whose password is the name. */
  Site as(String user) {
    String login = user + ":" + user;
    String encoded =
        Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.ISO_8859_1));
    return with("Authorization", "Basic " + encoded);
  }

  Site with(String header, String value) {
    return new Site(base, request -> manner.apply(request).header(header, value));
  }

  /**
   * What came back.
   *
   * @param status the HTTP status
   * @param type the content type without parameters, empty when there is none
   * @param challenges what it asks for, with a 401
   * @param body as text
   */
  record Reply(int status, String type, List<String> challenges, String body, HttpHeaders headers) {
    /** Tells whether the page is one on which a server shows where its code failed. */
    boolean showsTrace() {
      return body.contains("Exception") || body.contains("\tat ");
    }

    List<String> lines() {
      return body.lines().toList();
    }
  }

  Reply get(String path) {
    return send("GET", path, "");
  }

  Reply post(String path) {
    return send("POST", path, "");
  }

  /** Returns the tag of a file. */
  String tag(String path) {
    return answer("GET", path, "").headers().firstValue("ETag").orElseThrow();
  }

  Reply send(String method, String path, String body) {
    HttpResponse<String> response = answer(method, path, body);
    String type = response.headers().firstValue("Content-Type").orElse("");
    return new Reply(
        response.statusCode(),
        type.replaceFirst(";.*", ""),
        response.headers().allValues("WWW-Authenticate"),
        response.body(),
        HttpHeaders.of(
            response.headers().map(),
            (name, value) -> LOOKED_AT.contains(name.toLowerCase(Locale.ROOT))));
  }

  private HttpResponse<String> answer(String method, String path, String body) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(base.resolve(path))
            .timeout(PATIENCE)
            .method(
                method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    try {
      return HTTP.send(manner.apply(request).build(), BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("Interrupted", e);
    }
  }

  /** Returns the body of an answer that must be OK. */
  String text(String path) {
    return ok(get(path), path);
  }

  /** Returns the body of an answer to a post that must be OK. */
  String posted(String path) {
    return ok(post(path), path);
  }

  List<String> lines(String path) {
    return text(path).lines().toList();
  }

  /** Waits until the application's notes fit. */
  List<String> awaitNotes(Predicate<List<String>> fits) {
    try {
      Await.until(Probe.PATIENCE, () -> fits.test(lines("api/notes")));
    } catch (AssertionError e) {
      throw new AssertionError("The notes are: " + text("api/notes"), e);
    }
    return lines("api/notes");
  }

  private static String ok(Reply reply, String path) {
    if (reply.status() != 200) {
      throw new AssertionError(path + " gave " + reply);
    }
    return reply.body();
  }
}
