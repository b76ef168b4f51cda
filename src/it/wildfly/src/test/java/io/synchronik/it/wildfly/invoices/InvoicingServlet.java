package io.synchronik.it.wildfly.invoices;

import io.synchronik.SynchronikManager;
import io.synchronik.item.NewItem;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Objects;
import java.util.stream.IntStream;

/** Starts a run and answers with its id; adds to it, and closes it. */
@WebServlet("/runs/*")
public class InvoicingServlet extends HttpServlet {
  private static final long serialVersionUID = 1L;

  @Inject private transient SynchronikManager synchronik;

  @Override
  protected void doPost(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    switch (Objects.toString(request.getPathInfo(), "")) {
      case "/more" ->
          add(request.getParameter("run"), number(request, "after"), number(request, "to"));
      case "/close" -> synchronik.items().close(request.getParameter("run"));
      default ->
          response
              .getWriter()
              .print(synchronik.runWorkerById(Invoicing.ID, number(request, "invoices")).id());
    }
  }

  private void add(String run, int after, int to) {
    synchronik
        .items()
        .add(
            run,
            IntStream.rangeClosed(after + 1, to)
                .mapToObj(number -> NewItem.of(number).withKey(Invoicing.key(number)))
                .toList());
  }

  private static int number(HttpServletRequest request, String parameter) {
    return Integer.parseInt(request.getParameter(parameter));
  }
}
