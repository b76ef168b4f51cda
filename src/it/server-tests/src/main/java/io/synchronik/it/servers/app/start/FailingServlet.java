package io.synchronik.it.servers.app.start;

import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;

/** Fails when it is loaded; some servers fail the deployment with it. */
@WebServlet(urlPatterns = "/failing", loadOnStartup = 1)
public class FailingServlet extends HttpServlet {
  private static final long serialVersionUID = 1L;

  @Override
  public void init() throws ServletException {
    Sequence.lasts("servlet");
    throw new ServletException("does not start");
  }
}
