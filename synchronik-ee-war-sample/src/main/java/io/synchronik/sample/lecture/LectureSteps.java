package io.synchronik.sample.lecture;

import io.synchronik.sample.EarlierStep;
import io.synchronik.worker.RunContext;
import io.synchronik.worker.Worker;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.util.List;
import org.eclipse.microprofile.config.Config;

/** The steps of the lecture. Each but the first reads what the ones before it have found out. */
@ApplicationScoped
public class LectureSteps {
  static final String CONDITIONS = "lecture-conditions";
  static final String COMPONENTS = "lecture-components";
  static final String TIME_TO_PEAK = "lecture-time-to-peak";
  static final String MAX_HEIGHT = "lecture-max-height";
  static final String FLIGHT_TIME = "lecture-flight-time";
  static final String RANGE = "lecture-range";
  static final String NOTES = "lecture-notes";

  /** What each step announces. */
  private static final String MILESTONE = "lecture-step";

  @Inject Config config;

  @Worker(id = CONDITIONS, name = "Setting Initial Conditions")
  Conditions conditions(RunContext run) {
    Conditions given = run.payload(Conditions.class);
    Conditions launch = given == null ? Conditions.OF_THE_LECTURE : given;
    run.milestone(MILESTONE, launch);
    return launch;
  }

  @Worker(id = COMPONENTS, name = "Calculating Initial Velocity Components")
  Components components(RunContext run) {
    Components velocity = Motion.components(launch(run));
    run.milestone(MILESTONE, velocity);
    return velocity;
  }

  @Worker(id = TIME_TO_PEAK, name = "Calculating Time to Peak Height")
  Quantity timeToPeak(RunContext run) {
    return told(run, Motion.timeToPeak(launch(run), velocity(run)));
  }

  @Worker(id = MAX_HEIGHT, name = "Calculating Maximum Height")
  Quantity maxHeight(RunContext run) {
    return told(run, Motion.maxHeight(launch(run), velocity(run)));
  }

  @Worker(id = FLIGHT_TIME, name = "Calculating Total Time of Flight")
  Quantity flightTime(RunContext run) {
    return told(run, Motion.flightTime(quantity(run, TIME_TO_PEAK)));
  }

  @Worker(id = RANGE, name = "Calculating Horizontal Range")
  Quantity range(RunContext run) {
    return told(run, Motion.range(velocity(run), quantity(run, FLIGHT_TIME)));
  }

  /** Writes the file and returns where it is. */
  @Worker(id = NOTES, name = "Generating Lecture Notes File")
  String notes(RunContext run) throws IOException {
    Components velocity = velocity(run);
    List<Quantity> quantities =
        List.of(
            velocity.horizontal(),
            velocity.vertical(),
            quantity(run, TIME_TO_PEAK),
            quantity(run, MAX_HEIGHT),
            quantity(run, FLIGHT_TIME),
            quantity(run, RANGE));
    String text = LectureNotes.text(launch(run), quantities);
    return LectureNotes.of(config).write(text).toString();
  }

  private static Quantity told(RunContext run, Quantity quantity) {
    run.milestone(MILESTONE, quantity);
    return quantity;
  }

  private static Conditions launch(RunContext run) {
    return EarlierStep.result(run, CONDITIONS, Conditions.class);
  }

  private static Components velocity(RunContext run) {
    return EarlierStep.result(run, COMPONENTS, Components.class);
  }

  private static Quantity quantity(RunContext run, String step) {
    return EarlierStep.result(run, step, Quantity.class);
  }
}
