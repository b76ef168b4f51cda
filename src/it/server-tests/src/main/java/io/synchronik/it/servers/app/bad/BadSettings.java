package io.synchronik.it.servers.app.bad;

import io.synchronik.worker.Worker;
import jakarta.enterprise.context.ApplicationScoped;

@ApplicationScoped
public class BadSettings {
  @Worker(id = "bad-cron", cron = "61 * * * * ?")
  void badCron() {}

  @Worker(id = "bad-interval", every = "now and then")
  void badInterval() {}

  @Worker(id = "bad-retries", maxRetries = -1)
  void badRetries() {}

  @Worker(id = "no-value", every = "${nobody.sets.this}")
  void noValue() {}
}
