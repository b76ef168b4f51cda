package io.synchronik.it.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(300)
class ProbeIT {

  @Test
  void theNextIsBehindTheLast() {
    Probe<String> probe = new Probe<>();
    probe.accept("a1");
    probe.accept("b1");

    assertThat(probe.awaitNext(text -> text.startsWith("a"))).isEqualTo("a1");
    CompletableFuture<Void> later = CompletableFuture.runAsync(() -> probe.accept("a2"));
    assertThat(probe.awaitNext(text -> text.startsWith("a"))).isEqualTo("a2");
    later.join();
    assertThat(probe.awaitCount(2, text -> text.startsWith("a"), Probe.PATIENCE))
        .containsExactly("a1", "a2");
    assertThatThrownBy(() -> probe.awaitNext(text -> true, Duration.ofMillis(1)))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("[a1, b1, a2]");
  }

  @Test
  void conditionsAreLookedAtAgain() {
    AtomicInteger looks = new AtomicInteger();

    Await.until(Probe.PATIENCE, () -> looks.incrementAndGet() == 3);

    assertThat(looks).hasValue(3);
    assertThatThrownBy(() -> Await.until(Duration.ofMillis(1), () -> "No bus came", () -> false))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("No bus came");
    assertThatThrownBy(
            () ->
                Await.until(
                    Probe.PATIENCE,
                    () -> {
                      throw new IllegalStateException("broken");
                    }))
        .hasMessageContaining("broken");
  }

  @Test
  void whatHasHeldIsNotLookedAtAgain() {
    AtomicInteger looks = new AtomicInteger();
    CompletableFuture<Void> met = new CompletableFuture<>();

    Await.look(() -> looks.incrementAndGet() == 1, met);
    Await.look(() -> looks.incrementAndGet() == 1, met);

    assertThat(looks).hasValue(1);
    assertThat(met).isCompleted();
  }

  @Test
  void portsDiffer() {
    Set<Integer> ports = new HashSet<>();
    for (int i = 0; i < 20; i++) {
      ports.add(Ports.free());
    }
    assertThat(ports).hasSize(20);
  }
}
