package io.synchronik.it.servers.app.workers;

import io.synchronik.it.servers.app.Notes;
import io.synchronik.worker.RunContext;
import io.synchronik.worker.Worker;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

@ApplicationScoped
public class CronWorker {
  @Inject Notes notes;

  @Worker(id = "cron", cron = "* * * * * ?", zone = "Europe/Oslo")
  public void tick(RunContext run) {
    notes.add("cron " + run.scheduledAt().orElseThrow().toEpochMilli());
  }
}
