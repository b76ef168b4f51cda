package io.synchronik.it.servers.app.watch;

import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.ref.Reference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import javax.management.JMException;
import javax.management.ObjectName;

/**
 * {@code threads} lists those of the plugin, {@code loaders} counts class loaders still there,
 * {@code heap} makes a file of what is in memory and names it.
 */
@WebServlet({"/threads", "/loaders", "/heap"})
public class WatchServlet extends HttpServlet {
  private static final long serialVersionUID = 1L;

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    response.setContentType("text/plain");
    String told =
        switch (request.getServletPath()) {
          case "/threads" -> threads();
          case "/loaders" -> loaders();
          default -> heap();
        };
    response.getWriter().write(told);
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

  /** The dump is made of what a full collection has left. */
  private static String heap() throws IOException {
    Path file = Files.createTempDirectory("synchronik-it").resolve("heap.hprof");
    try {
      ManagementFactory.getPlatformMBeanServer()
          .invoke(
              new ObjectName("com.sun.management:type=HotSpotDiagnostic"),
              "dumpHeap",
              new Object[] {file.toString(), true},
              new String[] {String.class.getName(), boolean.class.getName()});
    } catch (JMException e) {
      throw new IOException(e);
    }
    return file.toString();
  }
}
