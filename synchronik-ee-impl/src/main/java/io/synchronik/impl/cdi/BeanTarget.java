package io.synchronik.impl.cdi;

import io.synchronik.impl.unit.ItemShape;
import io.synchronik.impl.unit.WorkTarget;
import io.synchronik.item.ItemSource;
import io.synchronik.worker.Action;
import io.synchronik.worker.RunContext;
import io.synchronik.worker.Work;
import io.synchronik.worker.WorkerHooks;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.BeanManager;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A bean that implements {@link Work}, {@link Action} or {@link ItemSource}. */
final class BeanTarget implements WorkTarget {
  private final BeanManager beans;
  private final RequestScopes scopes;
  private final Bean<?> bean;
  private final boolean transactional;
  private final boolean hooks;
  private final @Nullable ItemShape items;

  BeanTarget(BeanManager beans, Bean<?> bean, boolean transactional, @Nullable ItemShape items) {
    this.items = items;
    this.beans = beans;
    this.scopes = new RequestScopes(beans);
    this.bean = bean;
    this.transactional = transactional;
    this.hooks = Hooks.areOverridden(bean.getBeanClass());
  }

  Class<?> beanClass() {
    return bean.getBeanClass();
  }

  @Override
  public String description() {
    return bean.getBeanClass().getName();
  }

  @Override
  public boolean durable() {
    return true;
  }

  @Override
  public boolean transactional() {
    return transactional;
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
    return new OpenedBean(BeanInstance.open(beans, scopes, bean));
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
