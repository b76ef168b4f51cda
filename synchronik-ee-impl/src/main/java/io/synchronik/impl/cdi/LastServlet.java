package io.synchronik.impl.cdi;

import jakarta.servlet.GenericServlet;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRegistration;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.UnavailableException;

/**
 * Says that a web application has started: servers load it behind the application's listeners and
 * its other servlets. It has no path. What follows takes no connection on this thread outside of a
 * transaction: Payara remembers it for a servlet's initialisation, and with it the application's
 * class loader, unless the same thread undeploys the application.
 */
final class LastServlet extends GenericServlet {
  private static final long serialVersionUID = 1L;
  private static final String NAME = "synchronik-last";

  private final transient ApplicationStart application;

  private LastServlet(ApplicationStart application) {
    this.application = application;
  }

  /** Returns when a web application will have started. */
  static ApplicationStart of(ServletContext context) {
    ApplicationStart application = new ApplicationStart(ApplicationStart.SURE);
    try {
      ServletRegistration.Dynamic registration =
          context.addServlet(NAME, new LastServlet(application));
      if (registration != null) {
        registration.setLoadOnStartup(Integer.MAX_VALUE);
        return application;
      }
    } catch (UnsupportedOperationException | IllegalStateException e) {
      // A server that takes no servlets from listeners that it found by itself
    }
    return new ApplicationStart(ApplicationStart.UNSURE);
  }

  @Override
  public void init() {
    application.said();
  }

  @Override
  public void service(ServletRequest request, ServletResponse response) throws ServletException {
    throw new UnavailableException("There is nothing here");
  }
}
