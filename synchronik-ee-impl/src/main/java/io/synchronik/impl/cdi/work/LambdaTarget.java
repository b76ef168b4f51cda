package io.synchronik.impl.cdi.work;

import io.synchronik.impl.unit.ItemShape;
import io.synchronik.impl.unit.RegisteredWorker;
import io.synchronik.impl.unit.RollbackRules;
import io.synchronik.impl.unit.WorkTarget;
import io.synchronik.item.ItemSource;
import io.synchronik.worker.RunContext;
import io.synchronik.worker.Work;
import io.synchronik.worker.WorkerHooks;
import jakarta.enterprise.inject.spi.BeanManager;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Code in memory. */
public final class LambdaTarget implements WorkTarget {
  private final RequestScopes scopes;
  private final WorkerHooks work;
  private final @Nullable ItemShape items;

  /** Work in memory. */
  public LambdaTarget(BeanManager beans, Work<?> work) {
    this(beans, (WorkerHooks) work, null);
  }

  /** A source of items in memory. */
  public LambdaTarget(BeanManager beans, ItemSource<?> work, ItemShape items) {
    this(beans, (WorkerHooks) work, items);
  }

  private LambdaTarget(BeanManager beans, WorkerHooks work, @Nullable ItemShape items) {
    this.scopes = new RequestScopes(beans);
    this.work = work;
    this.items = items;
  }

  /** The same text on every node and after every start, though the class of a lambda is not. */
  @Override
  public String description() {
    String name = work.getClass().getName();
    int lambda = name.indexOf("$$Lambda");
    return RegisteredWorker.CODE_IN_MEMORY
        + " of "
        + (lambda < 0 ? name : name.substring(0, lambda));
  }

  @Override
  public boolean sameAs(WorkTarget other) {
    return other instanceof LambdaTarget lambda && lambda.work == work;
  }

  @Override
  public boolean durable() {
    return false;
  }

  @Override
  public @Nullable RollbackRules transaction() {
    return null;
  }

  @Override
  public boolean hasHooks() {
    return Hooks.areOverridden(work.getClass());
  }

  @Override
  public @Nullable ItemShape items() {
    return items;
  }

  @Override
  public Opened open() {
    return new OpenedLambda(scopes.begin(), work);
  }

  private record OpenedLambda(RequestScopes.Scope request, WorkerHooks work) implements Opened {
    @Override
    public @Nullable Object run(RunContext run) throws Exception {
      return ((Work<?>) work).run(run);
    }

    @Override
    @SuppressWarnings("unchecked") // its payloads are read as the type that was given with it
    public ItemSource<Object> items() {
      return (ItemSource<Object>) work;
    }

    @Override
    public Optional<WorkerHooks> hooks() {
      return Optional.of(work);
    }

    @Override
    public void close() {
      request.end();
    }
  }
}
