package io.synchronik.sample.lecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class MotionTest {
  private final Conditions launch = Conditions.OF_THE_LECTURE;
  private final Components velocity = Motion.components(launch);

  @Test
  void splitsTheVelocity() {
    assertThat(velocity.horizontal()).hasToString("Horizontal velocity: v0 cos a = 43.30 m/s");
    assertThat(velocity.vertical()).hasToString("Vertical velocity: v0 sin a = 25.00 m/s");
  }

  @Test
  void findsThePeak() {
    assertThat(Motion.timeToPeak(launch, velocity)).hasToString("Time to peak: vy / g = 2.55 s");
    assertThat(Motion.maxHeight(launch, velocity))
        .hasToString("Maximum height: vy^2 / 2g = 31.86 m");
  }

  @Test
  void findsWhereItLands() {
    Quantity time = Motion.flightTime(Motion.timeToPeak(launch, velocity));

    assertThat(time).hasToString("Time of flight: 2 t_peak = 5.10 s");
    assertThat(Motion.range(velocity, time)).hasToString("Horizontal range: vx t = 220.70 m");
  }

  @Test
  void fallsAtOnceWhenThrownFlat() {
    Conditions flat = new Conditions(50, 0, 9.81);

    assertThat(Motion.maxHeight(flat, Motion.components(flat)).value()).isZero();
  }

  @Test
  void refusesWhatIsNoThrow() {
    assertThatIllegalArgumentException().isThrownBy(() -> new Conditions(0, 30, 9.81));
    assertThatIllegalArgumentException().isThrownBy(() -> new Conditions(50, 91, 9.81));
    assertThatIllegalArgumentException().isThrownBy(() -> new Conditions(50, 30, 0));
    assertThatIllegalArgumentException().isThrownBy(() -> new Conditions(Double.NaN, 30, 9.81));
  }
}
