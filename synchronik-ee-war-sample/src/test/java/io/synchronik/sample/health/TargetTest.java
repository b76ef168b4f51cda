package io.synchronik.sample.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class TargetTest {
  private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

  private final Target target = new Target("archive");

  @Test
  void isDisabledByTheThirdFailureInARow() {
    assertThat(target.checked("answers 503", NOON)).isFalse();
    assertThat(target.checked("answers 503", NOON)).isFalse();
    assertThat(target.checked("timed out", NOON)).isTrue();

    assertThat(target.view()).isEqualTo(new Target.View("archive", false, 3, "timed out", NOON));
  }

  @Test
  void isDisabledOnlyOnce() {
    fail(3);

    assertThat(target.checked("answers 503", NOON)).isFalse();
  }

  @Test
  void forgetsFailuresWhenACheckSucceeds() {
    fail(2);
    target.checked(null, NOON);
    fail(2);

    assertThat(target.isEnabled()).isTrue();
    assertThat(target.view().failures()).isEqualTo(2);
  }

  @Test
  void toleratesThreeAgainOnceEnabled() {
    fail(3);
    target.enable();
    assertThat(target.view()).isEqualTo(new Target.View("archive", true, 0, null, null));
    fail(2);

    assertThat(target.isEnabled()).isTrue();
    assertThat(target.checked("answers 503", NOON)).isTrue();
  }

  private void fail(int times) {
    for (int i = 0; i < times; i++) {
      target.checked("answers 503", NOON);
    }
  }
}
