package io.synchronik.impl.bean;

import io.synchronik.process.WorkerProcess;
import io.synchronik.worker.Worker;
import jakarta.enterprise.inject.Vetoed;
import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.reflect.Method;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Classes that are beans by {@code @Worker} alone and that WildFly does not see. In an EAR it looks
 * for stereotypes in the EAR's own libraries and not in those of its WARs, where this jar is.
 */
public final class EarClasses {
  private static final Logger LOG = System.getLogger(EarClasses.class.getName());
  private static final Pattern WAR_IN_EAR = Pattern.compile("deployment\\..+\\.ear\\..+");
  private static final Pattern OTHER_DISCOVERY =
      Pattern.compile("bean-discovery-mode\\s*=\\s*[\"'](all|none)|<(\\w+:)?exclude\\b");
  private static final String CLASSES = "WEB-INF/classes/";
  private static final String OWN = "io/synchronik/impl/";
  private static final List<String> DECLARING =
      List.of(Worker.class.descriptorString(), WorkerProcess.class.descriptorString());

  private EarClasses() {}

  /** Returns the classes of the WAR around this jar; none anywhere but on WildFly in an EAR. */
  public static List<Class<?>> find() {
    ClassLoader loader = EarClasses.class.getClassLoader();
    List<Class<?>> found = new ArrayList<>();
    if (loader.getName() != null && WAR_IN_EAR.matcher(loader.getName()).matches()) {
      try {
        for (String name : declaring(loader)) {
          load(name, loader).filter(EarClasses::isBean).ifPresent(found::add);
        }
      } catch (ReflectiveOperationException | IOException | RuntimeException | Error e) {
        LOG.log(Level.DEBUG, "The classes of " + loader.getName() + " cannot be listed", e);
      }
    }
    return found;
  }

  /** Lists names of classes whose code has one of the annotations, without loading any. */
  private static List<String> declaring(ClassLoader loader)
      throws ReflectiveOperationException, IOException {
    Method list = loader.getClass().getMethod("iterateResources", String.class, boolean.class);
    Class<?> resource =
        Class.forName("org.jboss.modules.Resource", false, loader.getClass().getClassLoader());
    Method getName = resource.getMethod("getName");
    Method openStream = resource.getMethod("openStream");
    List<String> names = new ArrayList<>();
    Iterator<?> resources = (Iterator<?>) list.invoke(loader, "", true);
    while (resources.hasNext()) {
      Object next = resources.next();
      String name = (String) getName.invoke(next);
      if (name.endsWith(".class") && !name.startsWith(OWN)) {
        try (InputStream stream = (InputStream) openStream.invoke(next)) {
          String code = new String(stream.readAllBytes(), StandardCharsets.ISO_8859_1);
          if (DECLARING.stream().anyMatch(code::contains)) {
            names.add(name.substring(0, name.length() - ".class".length()).replace('/', '.'));
          }
        }
      }
    }
    return names;
  }

  private static Optional<Class<?>> load(String name, ClassLoader loader) {
    try {
      return Optional.of(Class.forName(name, false, loader));
    } catch (ClassNotFoundException | LinkageError e) {
      return Optional.empty();
    }
  }

  private static boolean isBean(Class<?> type) {
    return (type.isAnnotationPresent(Worker.class) || type.isAnnotationPresent(WorkerProcess.class))
        && !type.isAnnotationPresent(Vetoed.class)
        && !type.getPackage().isAnnotationPresent(Vetoed.class)
        && isDiscoveredByAnnotations(type.getProtectionDomain().getCodeSource());
  }

  private static boolean isDiscoveredByAnnotations(CodeSource source) {
    String root = source.getLocation().toString();
    String archive = root.endsWith("/") ? root : root + "/";
    List<String> descriptors = new ArrayList<>(List.of(archive + "META-INF/beans.xml"));
    if (archive.endsWith(CLASSES)) {
      descriptors.add(archive.substring(0, archive.length() - "classes/".length()) + "beans.xml");
    }
    return descriptors.stream().noneMatch(url -> OTHER_DISCOVERY.matcher(read(url)).find());
  }

  private static String read(String url) {
    try (InputStream stream = new URL(url).openStream()) {
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      return "";
    }
  }
}
