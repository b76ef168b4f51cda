package io.synchronik.sample;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * Answers where nothing of the application has an answer, for all methods: with the status alone.
 * The servers' own pages may show stack traces.
 */
@WebServlet("/error")
public class ErrorPage extends HttpServlet {
  private static final long serialVersionUID = 1L;

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    Integer status = (Integer) request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE);
    response.setStatus(status == null ? HttpServletResponse.SC_NOT_FOUND : status);
    response.setContentType("text/plain;charset=UTF-8");
    response.getWriter().println("The answer is " + response.getStatus() + ", without a page.");
  }
}
