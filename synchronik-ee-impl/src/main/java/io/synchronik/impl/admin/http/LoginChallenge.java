package io.synchronik.impl.admin.http;

import io.synchronik.impl.settings.AdminSettings;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.security.enterprise.authentication.mechanism.http.BasicAuthenticationMechanismDefinition;
import jakarta.servlet.ServletContext;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a 401 asks for. Browsers ask people for a name and a password when it is {@code Basic},
 * which must happen only where the application's login takes them.
 */
final class LoginChallenge {
  /** What no browser reacts to, for logins by a form, by another server or by a token. */
  static final String NEUTRAL = "Login realm=\"synchronik\"";

  private static final Logger LOG = LoggerFactory.getLogger(LoginChallenge.class);
  private static final String DESCRIPTOR = "/WEB-INF/web.xml";

  private LoginChallenge() {}

  /** Finds it out: as the setting says, else from the configured login. */
  static String find(AdminSettings settings, BeanManager beans, ServletContext application) {
    if (!settings.challenge().isEmpty()) {
      return settings.challenge();
    }
    return described(application)
        .map(LoginConfig::challenge)
        .or(() -> annotated(beans))
        .orElse(NEUTRAL);
  }

  private static Optional<LoginConfig> described(ServletContext application) {
    try (InputStream descriptor = application.getResourceAsStream(DESCRIPTOR)) {
      return descriptor == null ? Optional.empty() : LoginConfig.read(descriptor);
    } catch (IOException e) {
      LOG.debug("The login is not known", e);
      return Optional.empty();
    }
  }

  /** The mechanism itself does not tell; the bean that asks for it does. */
  private static Optional<String> annotated(BeanManager beans) {
    try {
      return beans.getBeans(Object.class, Any.Literal.INSTANCE).stream()
          .map(Bean::getBeanClass)
          .map(type -> type.getAnnotation(BasicAuthenticationMechanismDefinition.class))
          .filter(definition -> definition != null)
          .map(definition -> basic(definition.realmName()))
          .findFirst();
    } catch (LinkageError e) {
      LOG.debug("The server has no Jakarta Security", e);
      return Optional.empty();
    }
  }

  /** The challenge of a basic login; a realm that is an expression is not evaluated. */
  static String basic(String realm) {
    boolean plain = realm.chars().allMatch(c -> c >= ' ' && c < 127 && "\"\\{}".indexOf(c) < 0);
    return "Basic realm=\"%s\"".formatted(plain && !realm.isBlank() ? realm : "synchronik");
  }
}
