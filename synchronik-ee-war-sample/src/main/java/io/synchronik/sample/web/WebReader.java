package io.synchronik.sample.web;

import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** Reads from the web: 2 s to connect, 5 s for an answer, interruptible. */
@ApplicationScoped
public class WebReader {
  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(2))
          .build();

  /**
   * Reads a resource.
   *
   * @param address its address
   * @return the answer, whatever its status
   * @throws IOException if there is none in time; always with a message
   * @throws InterruptedException if the thread is interrupted, as by a cancelled run
   */
  public HttpResponse<String> get(String address) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(address))
            .timeout(Duration.ofSeconds(5))
            .header("Accept", "application/json, */*;q=0.5")
            .build();
    try {
      return client.send(request, HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw e.getMessage() != null ? e : new IOException("no connection to " + address, e);
    }
  }
}
