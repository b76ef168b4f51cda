package io.synchronik.it.servers.app.start;

import jakarta.annotation.PostConstruct;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;

@Singleton
@Startup
public class SlowBean {
  @PostConstruct
  void begin() {
    Sequence.lasts("bean");
  }
}
