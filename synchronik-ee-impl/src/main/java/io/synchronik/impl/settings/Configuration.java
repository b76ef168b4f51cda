package io.synchronik.impl.settings;

import io.synchronik.run.SynchronikException;
import java.util.ServiceConfigurationError;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;

/** MicroProfile Config, which is no part of Jakarta EE: not every server has it. */
public final class Configuration {
  private Configuration() {}

  /**
   * Returns the configuration of the application whose code runs on this thread.
   *
   * @throws SynchronikException if the server provides none, or not all of it
   */
  public static Config present() {
    try {
      return ConfigProvider.getConfig();
    } catch (LinkageError | ServiceConfigurationError | IllegalStateException e) {
      throw new SynchronikException(Message.NO_CONFIG.with(e), e);
    }
  }
}
