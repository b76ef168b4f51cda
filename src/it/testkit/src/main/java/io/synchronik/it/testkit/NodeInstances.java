package io.synchronik.it.testkit;

import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.spi.AfterBeanDiscovery;
import jakarta.enterprise.inject.spi.Extension;
import java.lang.reflect.Type;
import java.util.HashMap;
import java.util.Map;

/** Makes objects that exist already injectable by their type. */
final class NodeInstances implements Extension {
  private final Map<Type, Object> instances = new HashMap<>();

  void add(Type type, Object instance) {
    instances.put(type, instance);
  }

  void register(@Observes AfterBeanDiscovery discovery) {
    instances.forEach(
        (type, instance) ->
            discovery
                .addBean()
                .addTypes(type, Object.class)
                .scope(Dependent.class)
                .createWith(context -> instance));
  }
}
