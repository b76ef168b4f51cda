package io.synchronik.impl.cdi;

import io.synchronik.impl.unit.WorkTarget;
import io.synchronik.worker.RunContext;
import io.synchronik.worker.WorkerHooks;
import jakarta.enterprise.context.spi.CreationalContext;
import jakarta.enterprise.inject.spi.AnnotatedMethod;
import jakarta.enterprise.inject.spi.AnnotatedParameter;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.BeanManager;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A method of a bean, invoked through the contextual reference so that interceptors apply. */
final class MethodTarget implements WorkTarget {
  private final BeanManager beans;
  private final RequestScopes scopes;
  private final Bean<?> bean;
  private final AnnotatedMethod<?> method;
  private final boolean transactional;

  MethodTarget(BeanManager beans, Bean<?> bean, AnnotatedMethod<?> method, boolean transactional) {
    this.beans = beans;
    this.scopes = new RequestScopes(beans);
    this.bean = bean;
    this.method = method;
    this.transactional = transactional;
    method.getJavaMember().setAccessible(true);
  }

  Class<?> beanClass() {
    return bean.getBeanClass();
  }

  @Override
  public String description() {
    return Members.name(method);
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
    return false;
  }

  @Override
  public Opened open() {
    return new OpenedMethod(scopes.begin(), beans.createCreationalContext(bean));
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
      Object instance = beans.getReference(bean, bean.getBeanClass(), creation);
      Method member = method.getJavaMember();
      try {
        return member.invoke(instance, arguments(run));
      } catch (InvocationTargetException e) {
        if (e.getCause() instanceof Exception exception) {
          throw exception;
        }
        if (e.getCause() instanceof Error error) {
          throw error;
        }
        throw e;
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
