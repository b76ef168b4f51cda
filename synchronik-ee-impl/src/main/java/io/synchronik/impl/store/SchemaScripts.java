package io.synchronik.impl.store;

import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.flywaydb.core.api.ResourceProvider;
import org.flywaydb.core.api.resource.LoadableResource;
import org.jspecify.annotations.Nullable;

/**
 * The migrations by name. A list, because scanning a jar in a WAR depends on how the server unpacks
 * it.
 */
record SchemaScripts(List<LoadableResource> scripts) implements ResourceProvider {

  static SchemaScripts of(Dialect dialect) {
    String folder = dialect.name().toLowerCase(Locale.ROOT);
    return new SchemaScripts(
        List.of(
            new Script("common/V1__units_runs_events.sql"),
            new Script(folder + "/V2__indexes.sql")));
  }

  @Override
  public @Nullable LoadableResource getResource(String name) {
    return scripts.stream().filter(s -> s.getRelativePath().equals(name)).findFirst().orElse(null);
  }

  @Override
  public Collection<LoadableResource> getResources(String prefix, String[] suffixes) {
    return scripts.stream()
        .filter(s -> s.getFilename().startsWith(prefix))
        .filter(s -> Arrays.stream(suffixes).anyMatch(s.getFilename()::endsWith))
        .toList();
  }

  private static final class Script extends LoadableResource {
    private final String path;

    Script(String path) {
      this.path = path;
    }

    @Override
    public Reader read() {
      InputStream bytes = SchemaScripts.class.getResourceAsStream(getAbsolutePath());
      return new InputStreamReader(
          Objects.requireNonNull(bytes, getAbsolutePath()), StandardCharsets.UTF_8);
    }

    @Override
    public String getAbsolutePath() {
      return "/io/synchronik/schema/" + path;
    }

    @Override
    public String getAbsolutePathOnDisk() {
      return getAbsolutePath();
    }

    @Override
    public String getFilename() {
      return path.substring(path.lastIndexOf('/') + 1);
    }

    @Override
    public String getRelativePath() {
      return path;
    }
  }
}
