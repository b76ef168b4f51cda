package io.synchronik.impl.bean;

import io.synchronik.impl.settings.Message;
import jakarta.enterprise.inject.Alternative;
import jakarta.enterprise.inject.Vetoed;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Set;

/** Tells of classes that declare units and are none, which else nobody would notice. */
public final class LeftOut {
  private static final Logger LOG = System.getLogger(LeftOut.class.getName());
  private static final String UNSEEN =
      "give it a scope such as @ApplicationScoped, and look at the bean-discovery-mode in the"
          + " beans.xml of its archive";
  private static final String VETOED =
      "it has no scope, or an extension or the settings of its archive exclude it";

  private LeftOut() {}

  /**
   * Warns of them.
   *
   * @param candidates what CDI told of
   * @param declaring the classes that the server knows of
   */
  public static void warn(Candidates candidates, Set<Class<?>> declaring) {
    Set<Class<?>> known = new HashSet<>();
    candidates.leftOut().forEach(type -> known.add(type.getJavaClass()));
    Set<Class<?>> all = new HashSet<>(known);
    declaring.stream().filter(type -> !candidates.wasSeen(type)).forEach(all::add);
    all.stream()
        .filter(type -> !isMeant(type) && !candidates.isInherited(type))
        .sorted(Comparator.comparing(Class::getName))
        .forEach(
            type ->
                LOG.log(
                    Level.WARNING,
                    Message.LEFT_OUT.with(type.getName(), known.contains(type) ? VETOED : UNSEEN)));
  }

  /** Warns where a whole application has no unit. */
  public static void warnOfNone(Candidates candidates) {
    if (candidates.isEmpty()) {
      LOG.log(Level.WARNING, Message.NO_UNITS.with());
    }
  }

  /** Whether whoever wrote the class said that it is no bean by itself. */
  private static boolean isMeant(Class<?> type) {
    return type.isAnnotationPresent(Alternative.class)
        || type.isAnnotationPresent(Vetoed.class)
        || type.getPackage().isAnnotationPresent(Vetoed.class);
  }
}
