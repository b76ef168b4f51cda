package io.synchronik.impl.tx;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.StringReader;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FlatJsonTest {
  private static final String CHARS = "aZ9 \"\\/\b\f\n\r\t\u0000\u0001\u001f\u007f\u2028é€{}:,'<";

  @Test
  void isReadAsWhatWasWritten() {
    Random random = new Random(5);
    for (int i = 0; i < 2000; i++) {
      Map<String, Object> values = new LinkedHashMap<>();
      for (int n = random.nextInt(5); n > 0; n--) {
        values.put("n" + text(random), value(random));
      }
      String json = FlatJson.write(values);
      assertThat(json).isNotNull();
      assertThat(read(json)).as(json).isEqualTo(Json.createObjectBuilder(values).build());
    }
  }

  private static JsonObject read(String json) {
    try (JsonReader reader = Json.createReader(new StringReader(json))) {
      return reader.readObject();
    }
  }

  @Test
  void leavesOtherValuesToTheMapper() {
    assertThat(FlatJson.write(Map.of("list", List.of(1)))).isNull();
    assertThat(FlatJson.write(Map.of("fraction", 0.5))).isNull();
    assertThat(FlatJson.write(Map.of())).isEqualTo("{}");
  }

  private static Object value(Random random) {
    return switch (random.nextInt(5)) {
      case 0 -> null;
      case 1 -> random.nextInt();
      case 2 -> random.nextLong();
      case 3 -> random.nextBoolean();
      default -> text(random);
    };
  }

  private static String text(Random random) {
    StringBuilder text = new StringBuilder();
    for (int n = random.nextInt(12); n > 0; n--) {
      if (random.nextInt(20) == 0) {
        text.appendCodePoint(0x1F600);
      } else {
        text.append(CHARS.charAt(random.nextInt(CHARS.length())));
      }
    }
    return text.toString();
  }
}
