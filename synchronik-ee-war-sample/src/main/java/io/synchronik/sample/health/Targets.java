package io.synchronik.sample.health;

import io.synchronik.SynchronikManager;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/** The targets of the settings and their state in the application's own table. */
@ApplicationScoped
class Targets {
  static final String DISABLED = "target-disabled";

  @PersistenceContext EntityManager entities;
  @Inject SynchronikManager synchronik;
  @Inject Config config;

  @Inject
  @ConfigProperty(name = "sample.health.targets")
  List<String> names;

  String address(String id) {
    return config.getValue("sample.health.url." + id, String.class);
  }

  @Transactional
  List<Target.View> list() {
    return names.stream().map(id -> find(id, LockModeType.NONE).view()).toList();
  }

  @Transactional
  List<String> enabled() {
    return names.stream().filter(id -> find(id, LockModeType.NONE).isEnabled()).toList();
  }

  /**
   * Writes down a check. The milestone is announced by the same transaction: it is heard of exactly
   * when the target is disabled.
   */
  @Transactional
  void checked(String id, @Nullable String error) {
    Target target = lock(id);
    if (target.checked(error, Instant.now())) {
      synchronik.emitMilestone(DISABLED, target.view());
    }
  }

  /** Enables a target; empty when the settings name no such target. */
  @Transactional
  Optional<Target.View> enable(String id) {
    if (!names.contains(id)) {
      return Optional.empty();
    }
    Target target = lock(id);
    target.enable();
    return Optional.of(target.view());
  }

  private Target lock(String id) {
    Target target = find(id, LockModeType.PESSIMISTIC_WRITE);
    if (!entities.contains(target)) {
      entities.persist(target);
    }
    return target;
  }

  private Target find(String id, LockModeType lock) {
    Target stored = entities.find(Target.class, id, lock);
    return stored == null ? new Target(id) : stored;
  }
}
