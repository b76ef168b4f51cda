package io.synchronik.sample.health;

import io.synchronik.sample.web.WebReader;
import io.synchronik.worker.Action;
import io.synchronik.worker.RunContext;
import io.synchronik.worker.Worker;
import jakarta.inject.Inject;
import java.io.IOException;

/**
 * Hands the books over to the archive. That is down on purpose, so this fails, after two retries;
 * what it says is kept with each attempt, as the settings ask for.
 */
@Worker(
    id = ArchiveBooks.ID,
    name = "Archive Books",
    description = "Hands the books over to the archive, which is down on purpose",
    every = "2m",
    initialDelay = "5s",
    maxRetries = 2,
    retryDelay = "5s",
    retryFactor = 2,
    timeout = "30s")
public class ArchiveBooks implements Action {
  static final String ID = "archive-books";
  static final String TARGET = "archive";

  @Inject Targets targets;
  @Inject WebReader web;

  @Override
  public void run(RunContext run) throws IOException, InterruptedException {
    String archive = targets.address(TARGET);
    run.log("Attempt %d: asking %s".formatted(run.attempt(), archive));
    int status = web.get(archive).statusCode();
    run.log("It answers " + status);
    if (status != 200) {
      throw new IOException("the archive answers " + status);
    }
  }
}
