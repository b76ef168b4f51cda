package io.synchronik.it.servers.app.shop;

import jakarta.json.bind.annotation.JsonbDateFormat;
import jakarta.json.bind.annotation.JsonbProperty;
import jakarta.json.bind.annotation.JsonbTransient;
import jakarta.validation.constraints.Max;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Looks different to each way of writing JSON. */
public class Article {
  @JsonbProperty("article-name")
  public String name = "Bolt";

  @JsonbDateFormat("dd.MM.yyyy")
  public LocalDate since = LocalDate.of(2020, 2, 29);

  @JsonbTransient public String secret = "hidden";
  public @Nullable String nothing;
  public Optional<String> maybe = Optional.of("there");
  public Duration delivery = Duration.ofHours(36);
  public List<Size> sizes = List.of(Size.SMALL, Size.LARGE);

  @Max(100)
  public int stock = 7;

  public enum Size {
    SMALL,
    LARGE
  }
}
