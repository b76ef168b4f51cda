package io.synchronik.sample.covers;

import io.synchronik.run.Progress;
import io.synchronik.worker.RunContext;
import io.synchronik.worker.Work;
import io.synchronik.worker.Worker;
import java.util.Objects;

/** Stands for a program that draws: what it does takes its time. */
@Worker(id = "draw-cover", name = "Draw Cover")
public class DrawCover implements Work<String> {
  private static final int STROKES = 20;
  private static final int STROKE_MILLIS = 400;

  /**
   * The payload of a task.
   *
   * @param film its number in the order
   */
  public record Cover(int film) {}

  /** Returns the name of the file. */
  @Override
  public String run(RunContext run) throws InterruptedException {
    Cover cover = Objects.requireNonNull(run.payload(Cover.class), "which film?");
    for (int stroke = 1; stroke <= STROKES; stroke++) {
      Thread.sleep(STROKE_MILLIS);
      run.progress(new Progress(stroke, STROKES));
    }
    return "cover-%d.png".formatted(cover.film());
  }
}
