package io.synchronik.impl.cdi.work;

import io.synchronik.impl.bean.BeanReference;
import io.synchronik.impl.bean.Members;
import io.synchronik.impl.bean.UnitBean;
import io.synchronik.impl.unit.RollbackRules;
import io.synchronik.impl.unit.WorkTarget;
import io.synchronik.worker.RunContext;
import io.synchronik.worker.WorkerHooks;
import jakarta.enterprise.context.spi.CreationalContext;
import jakarta.enterprise.inject.spi.AnnotatedMethod;
import jakarta.enterprise.inject.spi.AnnotatedParameter;
import jakarta.enterprise.inject.spi.BeanManager;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A method of a bean, invoked through the contextual reference so that interceptors apply. */
public final class MethodTarget implements WorkTarget {
  private final BeanManager beans;
  private final RequestScopes scopes;
  private final BeanReference bean;
  private final AnnotatedMethod<?> method;
  private final Method called;
  private final @Nullable RollbackRules transaction;

  public MethodTarget(
      BeanReference bean, AnnotatedMethod<?> method, @Nullable RollbackRules transaction) {
    this.beans = bean.beans();
    this.scopes = new RequestScopes(beans);
    this.bean = bean;
    this.method = method;
    this.called = UnitBean.in(bean.type(), method.getJavaMember());
    this.transaction = transaction;
    called.setAccessible(true);
  }

  public Class<?> beanClass() {
    return bean.beanClass();
  }

  @Override
  public String description() {
    return Members.name(method, bean.beanClass());
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
    return false;
  }

  @Override
  public Opened open() {
    return new OpenedMethod(scopes.begin(), bean.begin());
  }

  /** Throws whatever the method has thrown, be it no exception at all. */
  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  private static <T extends Throwable> T unchecked(Throwable thrown) throws T {
    throw (T) thrown;
  }

  private final class OpenedMethod implements Opened {
    private final RequestScopes.Scope request;
    private final CreationalContext<?> creation;

    OpenedMethod(RequestScopes.Scope request, CreationalContext<?> creation) {
      this.request = request;
      this.creation = creation;
    }

    @Override
    public @Nullable Object run(RunContext run) throws Exception {
      Object instance = bean.get(creation);
      try {
        return called.invoke(instance, arguments(run));
      } catch (InvocationTargetException e) {
        throw MethodTarget.<RuntimeException>unchecked(e.getTargetException());
      }
    }

    private @Nullable Object[] arguments(RunContext run) {
      List<? extends AnnotatedParameter<?>> parameters = method.getParameters();
      @Nullable Object[] arguments = new @Nullable Object[parameters.size()];
      for (int i = 0; i < arguments.length; i++) {
        AnnotatedParameter<?> parameter = parameters.get(i);
        arguments[i] =
            parameter.getBaseType() == RunContext.class
                ? run
                : beans.getInjectableReference(beans.createInjectionPoint(parameter), creation);
      }
      return arguments;
    }

    @Override
    public Optional<WorkerHooks> hooks() {
      return Optional.empty();
    }

    @Override
    public void close() {
      try {
        creation.release();
      } finally {
        request.end();
      }
    }
  }
}
