package io.synchronik.impl.admin.json;

import static org.assertj.core.api.Assertions.assertThat;

import io.synchronik.schedule.Misfire;
import jakarta.json.JsonString;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RecordJsonTest {
  record Inner(long n, double share) {}

  record Outer(
      String text,
      boolean flag,
      Instant at,
      Duration every,
      Misfire misfire,
      List<Inner> inner,
      Object nothing,
      Object json,
      @RecordJson.Inline Map<String, Object> more,
      Map<String, Object> nested)
      implements Answer {}

  @Test
  void writesComponentsInTheirOrderAndLeavesOutNulls() {
    Map<String, Object> more = new LinkedHashMap<>();
    more.put("zeta", 1);
    more.put("alpha", null);
    Outer outer =
        new Outer(
            "quote \" and ${expression}",
            true,
            Instant.parse("2030-01-31T08:00:00Z"),
            Duration.ofMinutes(15),
            Misfire.FIRE_ONCE,
            List.of(new Inner(Long.MAX_VALUE, 0.5)),
            null,
            RecordJson.parse("{\"b\":[1.50,null]}"),
            more,
            Map.of("k", "v"));

    assertThat(RecordJson.write(outer))
        .isEqualTo(
            """
            {"text":"quote \\" and ${expression}","flag":true,"at":"2030-01-31T08:00:00Z",\
            "every":"PT15M","misfire":"fire-once","inner":[{"n":9223372036854775807,"share":0.5}],\
            "json":{"b":[1.50,null]},"zeta":1,"nested":{"k":"v"}}\
            """);
  }

  @Test
  void keepsLineBreaksInsideOneLine() {
    Outer outer =
        new Outer("a\nb\r", false, null, null, null, List.of(), null, null, Map.of(), null);

    assertThat(RecordJson.write(outer)).doesNotContain("\n", "\r");
  }

  @Test
  void showsWhatIsNoJsonAsText() {
    assertThat(RecordJson.parse(null)).isNull();
    assertThat(RecordJson.parse("{oops"))
        .isInstanceOfSatisfying(
            JsonString.class, text -> assertThat(text.getString()).isEqualTo("{oops"));
  }
}
