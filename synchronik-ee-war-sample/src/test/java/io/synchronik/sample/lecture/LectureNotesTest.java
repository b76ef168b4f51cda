package io.synchronik.sample.lecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LectureNotesTest {
  @TempDir Path directory;

  @Test
  void writesDownWhatWasCalculated() {
    Conditions launch = Conditions.OF_THE_LECTURE;
    Components velocity = Motion.components(launch);

    assertThat(LectureNotes.text(launch, List.of(velocity.horizontal(), velocity.vertical())))
        .isEqualTo(
            """
            Projectile Motion

            Launched from the ground: v0 = 50.00 m/s, a = 30.00 degrees, g = 9.81 m/s^2
            Horizontal velocity: v0 cos a = 43.30 m/s
            Vertical velocity: v0 sin a = 25.00 m/s
            """);
  }

  @Test
  void replacesTheNotesOfTheLastLecture() throws IOException {
    LectureNotes notes = new LectureNotes(directory);

    assertThat(notes.read()).isEmpty();
    notes.write("first");
    Path file = notes.write("second");

    assertThat(notes.read()).contains("second");
    assertThat(file).hasFileName("projectile_motion_lecture.txt");
    assertThat(directory).isDirectoryNotContaining("glob:**/lecture*.txt");
  }
}
