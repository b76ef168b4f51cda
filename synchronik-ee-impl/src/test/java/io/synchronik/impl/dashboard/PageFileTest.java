package io.synchronik.impl.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class PageFileTest {
  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void eachFormHasATagOfItsOwn() {
    PageFile file = new PageFile("text/css", false, bytes("plain"), bytes("zipped"));
    PageFile other = new PageFile("text/css", false, bytes("other"), bytes("zipped"));

    assertThat(file.tag(file.body(false))).isNotEqualTo(file.tag(file.body(true)));
    assertThat(file.tag(file.body(true)))
        .matches("\"[0-9a-f]+-gz\"")
        .isNotEqualTo(other.tag(other.body(true)));
  }

  @Test
  void aFileOfOneFormHasOneTag() {
    byte[] text = bytes("{}");
    PageFile file = new PageFile("application/json", false, text, text);

    assertThat(file.tag(file.body(true))).isEqualTo(file.tag(file.body(false)));
  }
}
