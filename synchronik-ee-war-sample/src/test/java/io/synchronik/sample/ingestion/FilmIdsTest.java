package io.synchronik.sample.ingestion;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class FilmIdsTest {
  @Test
  void listsSixtyDifferentFilms() throws IOException {
    assertThat(FilmIds.read())
        .hasSize(60)
        .doesNotHaveDuplicates()
        .allMatch(id -> id.matches("tt\\d{7}"))
        .contains("tt1375666", "tt0133093", "tt0068646", "tt9999999");
  }
}
