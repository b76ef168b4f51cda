package io.synchronik.impl.cdi.platform;

import io.synchronik.impl.tx.Platform;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.spi.BeanManager;
import java.security.Principal;
import java.util.Set;

/** The caller as CDI's principal bean names it. */
public final class PrincipalCaller implements Platform.Caller {
  private static final String CODE = "code";
  private static final Set<String> NOBODY = Set.of("", "anonymous", "ANONYMOUS");

  private final BeanManager beans;

  public PrincipalCaller(BeanManager beans) {
    this.beans = beans;
  }

  @Override
  public String name() {
    try {
      Instance<Principal> principals = beans.createInstance().select(Principal.class);
      if (!principals.isResolvable()) {
        return CODE;
      }
      Principal principal = principals.get();
      String name = principal == null ? null : principal.getName();
      return name == null || NOBODY.contains(name) ? CODE : name;
    } catch (RuntimeException | Error e) {
      // Servers throw different things where nobody is logged in or no request is active.
      return CODE;
    }
  }
}
