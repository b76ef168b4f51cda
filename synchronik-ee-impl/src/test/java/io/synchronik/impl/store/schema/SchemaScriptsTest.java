package io.synchronik.impl.store.schema;

import static org.assertj.core.api.Assertions.assertThat;

import io.synchronik.impl.store.jdbc.Dialect;
import io.synchronik.impl.store.schema.SchemaScripts.Script;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SchemaScriptsTest {
  private static final SchemaScripts TWO =
      new SchemaScripts("h2", List.of(new Script("V1__a_b.sql", 11), new Script("V2__c.sql", 22)));

  /** The library takes the index's word for it. */
  @ParameterizedTest
  @EnumSource
  void theIndexHasTheChecksumsOfTheScripts(Dialect dialect) throws IOException {
    List<Script> indexed = SchemaScripts.of(dialect).scripts();
    List<Script> actual = new ArrayList<>();
    for (Script script : indexed) {
      actual.add(new Script(script.file(), checksum(text(script))));
    }
    assertThat(indexed).isNotEmpty().isEqualTo(actual);
  }

  /** The library reads them in the character set of the platform. */
  @ParameterizedTest
  @EnumSource
  void scriptsAreInAscii(Dialect dialect) throws IOException {
    for (Script script : SchemaScripts.of(dialect).scripts()) {
      assertThat(text(script)).as(script.file()).isNotBlank().matches("\\p{ASCII}+");
    }
  }

  @Test
  void aHistoryMayHaveMore() {
    assertThat(TWO.differences(Map.of("0", 1, "1", 11, "2", 22, "3", 33))).isEmpty();
  }

  @Test
  void differencesAreNamed() {
    assertThat(TWO.differences(Map.of("1", 0)))
        .containsExactly("1 a b: changed since", "2 c: not applied");
  }

  private static String text(Script script) throws IOException {
    try (InputStream file = SchemaScripts.open(script.file())) {
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static int checksum(String text) {
    CRC32 crc = new CRC32();
    text.lines().forEach(line -> crc.update(line.getBytes(StandardCharsets.UTF_8)));
    return (int) crc.getValue();
  }
}
