package io.synchronik.sample.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.StringReader;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class CatalogueTest {
  @Test
  void knowsFiftySevenFilmsAndOneIsSlow() {
    Catalogue catalogue = Catalogue.bundled();

    assertThat(catalogue.size()).isEqualTo(57);
    assertThat(catalogue.find("tt0110413"))
        .contains(entry("tt0110413", "Léon: The Professional", 1994, "Luc Besson", 0));
    assertThat(catalogue.find("tt0017136"))
        .contains(entry("tt0017136", "Metropolis", 1927, "Fritz Lang", 2000));
    assertThat(catalogue.find("tt9999999")).isEmpty();
  }

  @Test
  void passesOverCommentsAndEmptyLines() {
    Catalogue catalogue = Catalogue.read(new StringReader("# id\n\na\tA\t1999\tB\n"));

    assertThat(catalogue.size()).isEqualTo(1);
    assertThat(catalogue.find("a")).contains(entry("a", "A", 1999, "B", 0));
  }

  @Test
  void quotesALineThatHasTooFewFields() {
    assertThatThrownBy(() -> Catalogue.read(new StringReader("a\tA\t1999\n")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("a\tA\t1999");
  }

  private static Catalogue.Entry entry(
      String id, String title, int year, String director, long millis) {
    return new Catalogue.Entry(new Film(id, title, year, director), Duration.ofMillis(millis));
  }
}
