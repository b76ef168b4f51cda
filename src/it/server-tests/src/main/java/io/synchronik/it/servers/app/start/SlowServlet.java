package io.synchronik.it.servers.app.start;

import io.synchronik.SynchronikManager;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;

/** Asks for a run too. */
@WebServlet(urlPatterns = "/slow", loadOnStartup = 1_000_000)
public class SlowServlet extends HttpServlet {
  private static final long serialVersionUID = 1L;

  @Inject transient SynchronikManager manager;

  @Override
  public void init() {
    manager.runWorkerById("asked", null);
    Sequence.lasts("servlet");
  }
}
