package io.synchronik.impl.cdi.work;

import io.synchronik.impl.bean.BeanReference;
import io.synchronik.impl.unit.ItemShape;
import io.synchronik.impl.unit.RollbackRules;
import io.synchronik.impl.unit.WorkTarget;
import io.synchronik.item.ItemSource;
import io.synchronik.worker.Action;
import io.synchronik.worker.RunContext;
import io.synchronik.worker.Work;
import io.synchronik.worker.WorkerHooks;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A bean that implements {@link Work}, {@link Action} or {@link ItemSource}. */
public final class BeanTarget implements WorkTarget {
  private final RequestScopes scopes;
  private final BeanReference bean;
  private final @Nullable RollbackRules transaction;
  private final boolean hooks;
  private final @Nullable ItemShape items;

  public BeanTarget(
      BeanReference bean, @Nullable RollbackRules transaction, @Nullable ItemShape items) {
    this.items = items;
    this.scopes = new RequestScopes(bean.beans());
    this.bean = bean;
    this.transaction = transaction;
    this.hooks = Hooks.areOverridden(bean.beanClass());
  }

  public Class<?> beanClass() {
    return bean.beanClass();
  }

  @Override
  public String description() {
    return bean.beanClass().getName();
  }

  @Override
  public boolean durable() {
    return true;
  }

  @Override
  public @Nullable RollbackRules transaction() {
    return transaction;
  }

  @Override
  public boolean hasHooks() {
    return hooks;
  }

  @Override
  public @Nullable ItemShape items() {
    return items;
  }

  @Override
  public Opened open() {
    return new OpenedBean(BeanInstance.open(scopes, bean));
  }

  private record OpenedBean(BeanInstance instance) implements Opened {
    @Override
    public @Nullable Object run(RunContext run) throws Exception {
      if (instance.get() instanceof Work<?> work) {
        return work.run(run);
      }
      ((Action) instance.get()).run(run);
      return null;
    }

    @Override
    @SuppressWarnings("unchecked") // its payloads are read as the type that the class names
    public ItemSource<Object> items() {
      return (ItemSource<Object>) instance.get();
    }

    @Override
    public Optional<WorkerHooks> hooks() {
      return Optional.of((WorkerHooks) instance.get());
    }

    @Override
    public void close() {
      instance.close();
    }
  }
}
