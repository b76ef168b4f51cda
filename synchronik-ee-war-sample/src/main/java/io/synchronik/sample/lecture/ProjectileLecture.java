package io.synchronik.sample.lecture;

import io.synchronik.event.RunHooks;
import io.synchronik.event.UnitCompleted;
import io.synchronik.process.WorkerProcess;
import io.synchronik.process.WorkerProcess.Step;
import java.lang.System.Logger.Level;

/** The lecture: sequential, which is the default. */
// tag::process[]
@WorkerProcess(
    id = "projectile-lecture",
    name = "Projectile Motion Lecture",
    description = "Calculates a throw in seven steps and writes the notes",
    steps = {
      @Step(id = LectureSteps.CONDITIONS),
      @Step(id = LectureSteps.COMPONENTS),
      @Step(id = LectureSteps.TIME_TO_PEAK),
      @Step(id = LectureSteps.MAX_HEIGHT),
      @Step(id = LectureSteps.FLIGHT_TIME),
      @Step(id = LectureSteps.RANGE),
      @Step(id = LectureSteps.NOTES)
    })
public class ProjectileLecture implements RunHooks {
  private static final System.Logger LOG = System.getLogger("sample");

  @Override
  public void onComplete(UnitCompleted event) {
    LOG.log(Level.INFO, "The lecture took {0} ms", event.duration().toMillis());
  }
}
// end::process[]
