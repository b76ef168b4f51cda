package io.synchronik.sample.health;

import io.synchronik.SynchronikManager;
import io.synchronik.event.Milestone;
import io.synchronik.event.MilestoneId;
import io.synchronik.run.Progress;
import io.synchronik.sample.web.WebReader;
import io.synchronik.worker.RunContext;
import io.synchronik.worker.Worker;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Checks the targets over HTTP. */
@ApplicationScoped
public class HealthMonitor {
  private static final System.Logger LOG = System.getLogger("sample");

  /** How long what needs the archive is left alone when that is down. */
  private static final Duration BREAK = Duration.ofMinutes(1);

  @Inject Targets targets;
  @Inject WebReader web;
  @Inject SynchronikManager synchronik;

  /** Checks what is enabled; returns the targets with {@code up} or what was wrong. */
  @Worker(
      id = "health-monitor",
      name = "Health Monitor",
      description = "Checks targets and disables those that stay down",
      every = "${sample.health.every:10s}",
      initialDelay = "10s",
      timeout = "1m")
  Map<String, String> check(RunContext run) throws InterruptedException {
    Map<String, String> found = new TreeMap<>();
    var enabled = targets.enabled();
    for (String target : enabled) {
      String error = probe(targets.address(target));
      targets.checked(target, error);
      found.put(target, error == null ? "up" : error);
      run.progress(new Progress(found.size(), enabled.size()));
    }
    return found;
  }

  void onDisabled(@Observes @MilestoneId(Targets.DISABLED) Milestone milestone) {
    Target.View target = milestone.payload(Target.View.class);
    LOG.log(Level.WARNING, "Target disabled: {0}", target);
    if (target != null && target.id().equals(ArchiveBooks.TARGET)) {
      synchronik.pause(ArchiveBooks.ID, Instant.now().plus(BREAK));
    }
  }

  private @Nullable String probe(String address) throws InterruptedException {
    try {
      int status = web.get(address).statusCode();
      return status / 100 == 2 ? null : "answers " + status;
    } catch (IOException e) {
      return e.getMessage();
    }
  }
}
