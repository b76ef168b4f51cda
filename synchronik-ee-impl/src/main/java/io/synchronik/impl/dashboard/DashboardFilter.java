package io.synchronik.impl.dashboard;

import io.synchronik.impl.admin.http.AdminPath;
import io.synchronik.impl.settings.DashboardSettings;
import jakarta.json.Json;
import jakarta.json.JsonObjectBuilder;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.config.ConfigProvider;
import org.jspecify.annotations.Nullable;

/**
 * Answers with the files of the page, and with where the admin resource is. What it does not know
 * is the application's: its JAX-RS path may be the same. The files hold no data, so anybody may
 * have them.
 */
final class DashboardFilter extends HttpFilter {
  private static final long serialVersionUID = 1L;

  private static final String POLICY =
      "default-src 'self'; object-src 'none'; base-uri 'none'; frame-ancestors 'none';"
          + " form-action 'self'";
  private static final Set<String> METHODS = Set.of("GET", "HEAD");
  private static final String ROOT = "/synchronik";
  private static final String NO_CACHE = "no-cache";

  private transient volatile @Nullable DashboardSettings settings;
  private transient volatile @Nullable PageFile config;

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    String path = request.getRequestURI().substring(request.getContextPath().length());
    if (!METHODS.contains(request.getMethod()) || !path.startsWith(ROOT) || !settings().on()) {
      chain.doFilter(request, response);
    } else if (path.equals(ROOT)) {
      // Relative, so that it holds below a proxy's prefix
      response.setStatus(HttpServletResponse.SC_FOUND);
      response.setHeader("Location", ROOT.substring(1) + "/");
    } else if (path.equals(ROOT + "/config.json")) {
      answer(request, response, config(request.getServletContext()));
    } else {
      String name = path.substring(ROOT.length() + 1);
      Optional<PageFile> file = PageFile.find(name.isEmpty() ? "index.html" : name);
      if (file.isPresent()) {
        answer(request, response, file.get());
      } else {
        chain.doFilter(request, response);
      }
    }
  }

  private DashboardSettings settings() {
    DashboardSettings read = settings;
    if (read == null) {
      read = DashboardSettings.read(ConfigProvider.getConfig());
      settings = read;
    }
    return read;
  }

  private PageFile config(ServletContext context) {
    PageFile made = config;
    if (made == null) {
      String api = settings().api().isEmpty() ? api(context) : settings().api();
      JsonObjectBuilder json = Json.createObjectBuilder();
      if (!api.isEmpty()) {
        json.add("api", "../" + api);
      }
      if (!settings().environment().isEmpty()) {
        json.add("environment", settings().environment());
      }
      byte[] bytes = json.build().toString().getBytes(StandardCharsets.UTF_8);
      made = new PageFile("application/json", false, bytes, bytes);
      config = made;
    }
    return made;
  }

  /** Of several the first by name counts; the setting says it where that is the wrong one. */
  private static String api(ServletContext context) {
    return AdminPath.of(context).stream()
        .findFirst()
        .map(path -> path.value().substring(1))
        .orElse("");
  }

  private static void answer(
      HttpServletRequest request, HttpServletResponse response, PageFile file) throws IOException {
    response.setContentType(file.type());
    response.setHeader("Content-Security-Policy", POLICY);
    response.setHeader("X-Content-Type-Options", "nosniff");
    response.setHeader("Referrer-Policy", "same-origin");
    response.setHeader(
        "Cache-Control", file.lasting() ? "public, max-age=31536000, immutable" : NO_CACHE);
    response.setHeader("Vary", "Accept-Encoding");
    String accepted = request.getHeader("Accept-Encoding");
    byte[] body = file.body(accepted != null && accepted.contains("gzip"));
    if (file.isZipped(body)) {
      response.setHeader("Content-Encoding", "gzip");
    }
    String tag = file.tag(body);
    response.setHeader("ETag", tag);
    if (tag.equals(request.getHeader("If-None-Match"))) {
      response.setStatus(HttpServletResponse.SC_NOT_MODIFIED);
      return;
    }
    response.setContentLength(body.length);
    if (!request.getMethod().equals("HEAD")) {
      response.getOutputStream().write(body);
    }
  }
}
