package io.synchronik.it.servers.app.watch;

import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.ref.Reference;
import java.util.Collection;
import java.util.List;
import java.util.Locale;

/** {@code threads} lists those of the plugin, {@code loaders} counts class loaders still there. */
@WebServlet({"/threads", "/loaders"})
public class WatchServlet extends HttpServlet {
  private static final long serialVersionUID = 1L;

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    response.setContentType("text/plain");
    response.getWriter().write(request.getServletPath().equals("/threads") ? threads() : loaders());
  }

  private static String threads() {
    List<String> names =
        Thread.getAllStackTraces().keySet().stream()
            .map(Thread::getName)
            .filter(
                name -> {
                  String lower = name.toLowerCase(Locale.ROOT);
                  return lower.contains("synchronik") || lower.contains("quartz");
                })
            .sorted()
            .toList();
    return String.join("\n", names);
  }

  private static String loaders() {
    System.gc();
    Object loaders = System.getProperties().get("synchronik.it.loaders");
    long alive =
        loaders instanceof Collection<?> all
            ? all.stream()
                .filter(reference -> reference instanceof Reference<?> one && one.get() != null)
                .count()
            : 0;
    return Long.toString(alive);
  }
}
