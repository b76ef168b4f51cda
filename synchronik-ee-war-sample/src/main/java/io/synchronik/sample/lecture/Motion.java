package io.synchronik.sample.lecture;

/** The calculations of the lecture: no drag, and the ground is level. */
final class Motion {
  private Motion() {}

  static Components components(Conditions launch) {
    double angle = Math.toRadians(launch.angle());
    return new Components(
        new Quantity("Horizontal velocity", "v0 cos a", launch.speed() * Math.cos(angle), "m/s"),
        new Quantity("Vertical velocity", "v0 sin a", launch.speed() * Math.sin(angle), "m/s"));
  }

  static Quantity timeToPeak(Conditions launch, Components velocity) {
    double seconds = velocity.vertical().value() / launch.gravity();
    return new Quantity("Time to peak", "vy / g", seconds, "s");
  }

  static Quantity maxHeight(Conditions launch, Components velocity) {
    double vertical = velocity.vertical().value();
    double metres = vertical * vertical / (2 * launch.gravity());
    return new Quantity("Maximum height", "vy^2 / 2g", metres, "m");
  }

  static Quantity flightTime(Quantity timeToPeak) {
    return new Quantity("Time of flight", "2 t_peak", 2 * timeToPeak.value(), "s");
  }

  static Quantity range(Components velocity, Quantity flightTime) {
    double metres = velocity.horizontal().value() * flightTime.value();
    return new Quantity("Horizontal range", "vx t", metres, "m");
  }
}
