package io.synchronik.sample.lecture;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.eclipse.microprofile.config.Config;

/**
 * The notes of the latest lecture that was given on this machine.
 *
 * @param directory where their file is
 */
record LectureNotes(Path directory) {
  private static final String FILE = "projectile_motion_lecture.txt";

  static LectureNotes of(Config config) {
    return new LectureNotes(Path.of(config.getValue("sample.lecture.directory", String.class)));
  }

  static String text(Conditions launch, List<Quantity> quantities) {
    StringBuilder text = new StringBuilder("Projectile Motion\n\n");
    text.append(
        String.format(
            Locale.ROOT,
            "Launched from the ground: v0 = %.2f m/s, a = %.2f degrees, g = %.2f m/s^2\n",
            launch.speed(),
            launch.angle(),
            launch.gravity()));
    quantities.forEach(quantity -> text.append(quantity).append('\n'));
    return text.toString();
  }

  /** Replaces the file as a whole, so that nobody reads half of it. */
  Path write(String text) throws IOException {
    Path whole = Files.createTempFile(directory, "lecture", ".txt");
    Files.writeString(whole, text);
    return Files.move(whole, file(), StandardCopyOption.REPLACE_EXISTING);
  }

  /** Returns the notes; empty before the first lecture. */
  Optional<String> read() throws IOException {
    return Files.exists(file()) ? Optional.of(Files.readString(file())) : Optional.empty();
  }

  private Path file() {
    return directory.resolve(FILE);
  }
}
