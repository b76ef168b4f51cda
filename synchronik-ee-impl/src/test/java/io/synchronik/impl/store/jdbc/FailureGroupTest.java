package io.synchronik.impl.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.synchronik.run.FailureKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FailureGroupTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "no | no",
        "it broke after 12 ms | it broke after # ms",
        "it broke after -0.25 ms | it broke after # ms",
        "at 2026-11-29T12:00:00.123+01:00 | at #",
        "no account C0007 in db-2.example.org:5432 | no account # in #.example.org:#",
        "row 7, 8 and 9 | row # and #",
        "id 5f0c8a9e-1b1d-4d7e-9f60-0a1b2c3d4e5f gone | id # gone",
        "run 01JDXYZABCDEFGHJKMNPQRSTVW: lost | run #: lost",
        "a.b.Order@1f2e3d | a.b.Order@#",
        "cannot read 'a b.txt' | cannot read #",
        "cannot read \"it's\" or `x` | cannot read # or #",
        "no customer “Müller & Co” | no customer #",
        "don't know what 'that' isn't | don't know what # isn't",
        "it's a 'begin | it's a 'begin",
        "not one of ('a', 'b', 'c') | not one of (#)",
        "re-read too_often | re-read too_often",
        "٣ Artikel | # Artikel",
      })
  void keepsWhatFailuresHaveInCommon(String message, String common) {
    assertThat(FailureGroup.common(message)).isEqualTo(common);
  }

  @Test
  void blanksAreOne() {
    assertThat(FailureGroup.common(" a\r\n\t b  ")).isEqualTo("a b");
  }

  /** A message is cut where it is stored, and what is replaced may be of any length. */
  @Test
  void onlyTheBeginningCounts() {
    String begin = "'" + "x".repeat(700) + "' is not known ";

    assertThat(FailureGroup.common(begin + "and so on ".repeat(100)))
        .hasSize(500)
        .startsWith("# is not known and so on");
    assertThat(FailureGroup.of("E", begin + "z".repeat(900)))
        .isEqualTo(FailureGroup.of("E", "'y' is not known " + "z".repeat(600)));
  }

  /** Whoever changes this finds no group again that is stored. */
  @Test
  void groupsStayAsTheyAre() {
    assertThat(FailureGroup.of("java.io.IOException", "no file 'a' after 3 tries"))
        .isEqualTo(FailureGroup.of("java.io.IOException", "no file 'b c' after 12 tries"))
        .isEqualTo("c65445a2b9572f21");
    assertThat(FailureKind.group(FailureGroup.of("", ""))).hasSize(16);
  }

  @Test
  void otherTypesAndTextsAreOtherGroups() {
    String group = FailureGroup.of("A", "no");

    assertThat(FailureGroup.of("B", "no")).isNotEqualTo(group);
    assertThat(FailureGroup.of("A", "yes")).isNotEqualTo(group);
    assertThat(FailureGroup.of(null)).isNull();
  }

  /** Such a message must not take long, whatever it is made of. */
  @Test
  void anyTextHasAGroup() {
    for (String part :
        new String[] {"'", "\"a", "“", "`a1", "1 ", "\uD83D\uDE00", "\uD800", "\0"}) {
      assertThat(FailureGroup.of("A", part.repeat(2000))).matches("[0-9a-f]{16}");
    }
  }
}
