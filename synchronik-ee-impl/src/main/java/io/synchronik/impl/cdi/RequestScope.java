package io.synchronik.impl.cdi;

import jakarta.enterprise.context.control.RequestContextController;
import jakarta.enterprise.context.spi.CreationalContext;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.BeanManager;

/** A request context for one attempt on this thread. */
final class RequestScope {
  private final RequestContextController controller;
  private final CreationalContext<?> creation;
  private final boolean activated;

  private RequestScope(RequestContextController controller, CreationalContext<?> creation) {
    this.controller = controller;
    this.creation = creation;
    this.activated = controller.activate();
  }

  static RequestScope begin(BeanManager beans) {
    Bean<?> bean = beans.resolve(beans.getBeans(RequestContextController.class));
    CreationalContext<?> creation = beans.createCreationalContext(bean);
    RequestContextController controller =
        (RequestContextController)
            beans.getReference(bean, RequestContextController.class, creation);
    return new RequestScope(controller, creation);
  }

  void end() {
    try {
      if (activated) {
        controller.deactivate();
      }
    } finally {
      creation.release();
    }
  }
}
