package io.synchronik.sample.ingestion;

import io.synchronik.sample.catalogue.Film;
import io.synchronik.sample.web.WebReader;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.IOException;
import java.io.StringReader;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Reads films from the catalogue at {@code sample.catalogue.url}. */
@ApplicationScoped
class CatalogueClient {
  @Inject WebReader web;

  @Inject
  @ConfigProperty(name = "sample.catalogue.url")
  String address;

  /** Throws when the catalogue as a whole does not answer, so that the run is tried again later. */
  void requireAvailable() throws IOException, InterruptedException {
    int status = web.get(address).statusCode();
    if (status != 200) {
      throw new IOException("the catalogue at " + address + " answers " + status);
    }
  }

  Film fetch(String id) throws IOException, InterruptedException {
    HttpResponse<String> answer =
        web.get(address + "/films/" + URLEncoder.encode(id, StandardCharsets.UTF_8));
    return switch (answer.statusCode()) {
      case 200 -> parse(answer.body());
      case 404 -> throw new IOException("not found (404)");
      default -> throw new IOException("the catalogue answers " + answer.statusCode());
    };
  }

  private static Film parse(String body) {
    try (JsonReader reader = Json.createReader(new StringReader(body))) {
      JsonObject film = reader.readObject();
      return new Film(
          film.getString("id"),
          film.getString("title"),
          film.getInt("year"),
          film.getString("director"));
    }
  }
}
