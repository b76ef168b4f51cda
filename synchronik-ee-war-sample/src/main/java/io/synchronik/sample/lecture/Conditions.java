package io.synchronik.sample.lecture;

/**
 * How a projectile is launched from the ground.
 *
 * @param speed in m/s, positive
 * @param angle above the ground in degrees, 0 to 90
 * @param gravity in m/s², positive
 */
public record Conditions(double speed, double angle, double gravity) {
  static final Conditions OF_THE_LECTURE = new Conditions(50, 30, 9.81);

  public Conditions {
    if (!(speed > 0 && gravity > 0 && angle >= 0 && angle <= 90)) {
      throw new IllegalArgumentException(
          "a positive speed and gravity and an angle from 0 to 90 are needed, not "
              + "speed %s, angle %s, gravity %s".formatted(speed, angle, gravity));
    }
  }
}
