package io.synchronik.sample;

// tag::first-worker[]
import io.synchronik.worker.Worker;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.LocalTime;
import java.time.ZoneId;

@ApplicationScoped
public class SimpleLogger {
  private static final System.Logger LOG = System.getLogger("sample");

  @Worker(id = "simple-logger-worker", name = "Simple Logger", every = "2s")
  void log() {
    LOG.log(System.Logger.Level.INFO, "It is {0}", LocalTime.now(ZoneId.systemDefault()));
  }
}
// end::first-worker[]
