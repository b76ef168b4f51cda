package io.synchronik.it.wildfly.invoices;

import io.synchronik.SynchronikManager;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Starts a run; answers with its id. */
@WebServlet("/runs")
public class InvoicingServlet extends HttpServlet {
  private static final long serialVersionUID = 1L;

  @Inject private transient SynchronikManager synchronik;

  @Override
  protected void doPost(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    int invoices = Integer.parseInt(request.getParameter("invoices"));
    response.getWriter().print(synchronik.runWorkerById(Invoicing.ID, invoices).id());
  }
}
