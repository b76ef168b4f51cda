package io.synchronik.impl.net.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.synchronik.impl.net.Play;
import io.synchronik.process.FailurePolicy;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class NetErrorsTest {
  private static List<String> errors(List<String> workers, String... links) {
    return NetCompiler.check(
            Play.plan(FailurePolicy.CONTINUE, workers, links), id -> !id.startsWith("no"))
        .stream()
        .map(NetError::text)
        .toList();
  }

  @Test
  void aCycleIsNamed() {
    assertThat(errors(List.of("x", "a", "b"), "x>a", "a>b", "b>a"))
        .containsExactly("workers wait for one another: a → b → a");
  }

  @Test
  void twoCyclesAreTwoErrors() {
    assertThat(errors(List.of("a", "b", "c", "d"), "a>b", "b>a", "b>c", "c>d", "d>c"))
        .containsExactly(
            "workers wait for one another: a → b → a", "workers wait for one another: c → d → c");
  }

  @Test
  void allErrorsAtOnce() {
    assertThat(errors(List.of("a", "b", "a", "nobody"), "a>a", "none>b", "other>b", "a>b", "a?b"))
        .containsExactly(
            "worker 'a' is there more than once",
            "there is no worker 'nobody'",
            "worker 'a' depends on itself",
            "worker 'b' depends on 'none', which does not exist",
            "worker 'b' depends on 'other', which is not part of the process",
            "worker 'b' depends on 'a' more than once");
  }

  @Test
  void anEmptyProcessIsAnError() {
    assertThat(errors(List.of())).containsExactly("it has no workers");
  }

  @Test
  void diamondsAreNoCycles() {
    assertThat(errors(List.of("a", "b", "c", "d"), "a>b", "a>c", "b>d", "c>d")).isEmpty();
  }

  @Test
  @Timeout(120)
  void tenThousandWorkersTakeNoTime() {
    List<String> workers = IntStream.range(0, 10_000).mapToObj(i -> "w" + i).toList();
    String[] ring =
        IntStream.range(0, 10_000)
            .mapToObj(i -> "w" + i + ">w" + (i + 1) % 10_000)
            .toArray(String[]::new);
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    long begin = threads.getCurrentThreadCpuTime();
    assertThat(
            NetCompiler.check(Play.plan(FailurePolicy.STOP, workers, ring), id -> true)
                .get(0)
                .workers())
        .hasSize(10_001);
    assertThat(Duration.ofNanos(threads.getCurrentThreadCpuTime() - begin))
        .isLessThan(Duration.ofSeconds(2));
  }
}
