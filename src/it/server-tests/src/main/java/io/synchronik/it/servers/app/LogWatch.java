package io.synchronik.it.servers.app;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.BeforeDestroyed;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** Notes what the plugin warns of, and what else it tells under a number. */
@ApplicationScoped
public class LogWatch {
  private static final Logger PLUGIN = Logger.getLogger("io.synchronik");

  @Inject Notes notes;

  private final Handler handler =
      new Handler() {
        @Override
        public void publish(LogRecord told) {
          if (told.getLevel().intValue() >= Level.WARNING.intValue()) {
            notes.add("warning " + told.getMessage());
          } else if (told.getMessage().startsWith("SYNC-")) {
            notes.add("told " + told.getMessage());
          }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
      };

  void begin(@Observes @Initialized(ApplicationScoped.class) Object start) {
    PLUGIN.addHandler(handler);
  }

  void end(@Observes @BeforeDestroyed(ApplicationScoped.class) Object end) {
    PLUGIN.removeHandler(handler);
  }
}
