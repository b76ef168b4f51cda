package io.synchronik.it.serverless;

import java.io.File;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** All classes of the tests once more, as on a server that lacks some packages. */
final class HiddenPackages extends URLClassLoader {
  private final List<String> hidden;

  HiddenPackages(String... hidden) {
    super(classPath(), getPlatformClassLoader());
    this.hidden = List.of(hidden);
  }

  private static URL[] classPath() {
    return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
        .map(HiddenPackages::url)
        .toArray(URL[]::new);
  }

  private static URL url(String entry) {
    try {
      return Path.of(entry).toUri().toURL();
    } catch (MalformedURLException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  protected Class<?> findClass(String name) throws ClassNotFoundException {
    if (hidden.stream().anyMatch(name::startsWith)) {
      throw new ClassNotFoundException(name);
    }
    return super.findClass(name);
  }
}
