package io.synchronik.it.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.LocalTime;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(300)
class ServerLogIT {
  @TempDir Path directory;
  private Path console;
  private ServerLog log;
  private Process process;

  @BeforeEach
  void start() throws IOException {
    console = directory.resolve("console.log");
    log = new ServerLog(console);
    process = new ProcessBuilder("cat").start();
  }

  @AfterEach
  void stop() {
    process.destroyForcibly();
  }

  private void write(String line) throws IOException {
    Files.writeString(console, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  @Test
  void linesAreReadOnce() throws IOException {
    write("10:11:12,001 one A");
    write("10:11:12,002 two A");

    assertThat(log.await(process, Probe.PATIENCE, "A")).isEqualTo(LocalTime.parse("10:11:12.001"));
    assertThat(log.await(process, Probe.PATIENCE, "two", "A"))
        .isEqualTo(LocalTime.parse("10:11:12.002"));
    assertThat(log.find("A")).isNull();
  }

  @Test
  void whatDoesNotComeIsNamedWithTheLastLines() throws IOException {
    write("10:11:12,001 something else");

    assertThatThrownBy(() -> log.await(process, Duration.ofMillis(1), "WFLYSRV0025"))
        .isInstanceOf(AssertionError.class)
        .hasMessageContainingAll("WFLYSRV0025", console.toString(), "something else");
  }

  @Test
  void aServerThatHasEndedIsNotWaitedFor() throws Exception {
    write("10:11:12,001 no memory");
    process.destroyForcibly().waitFor();

    assertThatThrownBy(() -> log.await(process, Probe.PATIENCE, "WFLYSRV0025"))
        .isInstanceOf(AssertionError.class)
        .hasMessageContainingAll("ended", "WFLYSRV0025", "no memory");
  }

  @Test
  void lastWordsCount() throws Exception {
    write("10:11:12,001 WFLYSRV0025");
    process.destroyForcibly().waitFor();

    assertThat(log.await(process, Probe.PATIENCE, "WFLYSRV0025"))
        .isEqualTo(LocalTime.parse("10:11:12.001"));
  }
}
