package io.synchronik.it.servers.app.start;

import io.synchronik.event.UnitStarted;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

@ApplicationScoped
public class Witness {
  void started(@Observes UnitStarted event) {
    Sequence.add("observed");
  }
}
