package io.synchronik.impl.admin.http;

import io.synchronik.SynchronikManager;
import io.synchronik.impl.admin.json.ProblemException;
import io.synchronik.impl.admin.json.Problems;
import io.synchronik.impl.audit.Asking;
import io.synchronik.pool.WorkerPool;
import io.synchronik.unit.UnitId;
import jakarta.inject.Inject;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.InvocationContext;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What the resources of this package have in common. */
public abstract class AdminResource {
  /** Where the resources stand, below the application's own JAX-RS path. */
  public static final String ROOT = "synchronik";

  private static final int LONGEST_RUN_ID = 36;

  @Inject protected SynchronikManager manager;
  @Inject protected Caller caller;

  @AroundInvoke
  protected @Nullable Object answer(InvocationContext call) {
    try {
      caller.requireAdmitted();
      return Asking.by(caller.asker(), call::proceed);
    } catch (Throwable e) {
      throw new ProblemException(Problems.of(e));
    }
  }

  /** Returns an id that a unit may have. */
  public static String known(String id) {
    if (!UnitId.isValid(id)) {
      throw ProblemException.notFound("No unit can have this id");
    }
    return id;
  }

  protected WorkerPool pool(String name) {
    return Optional.of(name)
        .filter(UnitId::isValid)
        .flatMap(manager::findWorkerPool)
        .orElseThrow(() -> ProblemException.notFound("No pool has this name"));
  }

  /** Finds a run by its id and uses it. */
  protected static <T, R> R found(
      String id, Function<String, Optional<T>> find, Function<T, R> use) {
    return Optional.of(id)
        .filter(
            it -> it.length() <= LONGEST_RUN_ID && it.chars().noneMatch(Character::isISOControl))
        .flatMap(find)
        .map(use)
        .orElseThrow(() -> ProblemException.notFound("No run has this id"));
  }
}
