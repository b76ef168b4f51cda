package io.synchronik.it.scenarios;

import io.synchronik.SynchronikManager;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;

/** Finds scenarios by their names, and plays them. */
public final class Scenarios {
  private static final List<Class<? extends Scenario>> ALL =
      List.of(
          ProcessModes.class,
          ProcessGraphs.class,
          ProcessControl.class,
          ProcessEvents.class,
          ItemRuns.class,
          ItemPolicies.class,
          ItemHands.class,
          ItemLimiting.class,
          ItemRetries.class,
          PoolOrder.class,
          PoolTasks.class);

  private Scenarios() {}

  /** Returns the names of all scenarios. */
  public static List<String> names() {
    return ALL.stream()
        .flatMap(type -> Arrays.stream(type.getDeclaredMethods()))
        .filter(Scenarios::isScenario)
        .map(method -> method.getDeclaringClass().getSimpleName() + "." + method.getName())
        .sorted()
        .toList();
  }

  private static boolean isScenario(Method method) {
    return java.lang.reflect.Modifier.isPublic(method.getModifiers())
        && method.getParameterCount() == 0;
  }

  /**
   * Plays a scenario.
   *
   * @throws Exception what the scenario throws
   */
  public static void play(String name, SynchronikManager manager) throws Exception {
    for (Class<? extends Scenario> type : ALL) {
      for (Method method : type.getDeclaredMethods()) {
        if (isScenario(method) && name.equals(type.getSimpleName() + "." + method.getName())) {
          play(type, method, manager);
          return;
        }
      }
    }
    throw new IllegalArgumentException("There is no scenario " + name);
  }

  private static void play(Class<? extends Scenario> type, Method method, SynchronikManager manager)
      throws Exception {
    try (Scenario scenario =
        type.getDeclaredConstructor(SynchronikManager.class).newInstance(manager)) {
      method.invoke(scenario);
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof Exception failure) {
        throw failure;
      }
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw e;
    }
  }
}
