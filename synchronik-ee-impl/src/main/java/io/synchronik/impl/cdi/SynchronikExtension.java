package io.synchronik.impl.cdi;

import io.synchronik.SynchronikManager;
import io.synchronik.impl.bean.ArchiveId;
import io.synchronik.impl.bean.Candidates;
import io.synchronik.impl.bean.EarClasses;
import io.synchronik.impl.bean.LeftOut;
import io.synchronik.impl.cdi.platform.ServerPlatform;
import io.synchronik.impl.cdi.unit.Declarations;
import io.synchronik.process.WorkerProcess;
import io.synchronik.run.InvalidDefinitionException;
import io.synchronik.worker.Worker;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.BeforeDestroyed;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Startup;
import jakarta.enterprise.inject.spi.AfterBeanDiscovery;
import jakarta.enterprise.inject.spi.AfterDeploymentValidation;
import jakarta.enterprise.inject.spi.AfterTypeDiscovery;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.enterprise.inject.spi.Extension;
import jakarta.enterprise.inject.spi.ProcessAnnotatedType;
import jakarta.enterprise.inject.spi.ProcessBean;
import jakarta.enterprise.inject.spi.ProcessManagedBean;
import jakarta.enterprise.inject.spi.WithAnnotations;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Finds the units of the application and offers the manager. In a server {@link ServerListener}
 * starts the engine; in Java SE this does when the container is up, and lets it begin to work after
 * the observers of {@link Startup}.
 *
 * <p>Never a bean, in spite of its scope: on Payara only the bean manager of an archive with an
 * annotated class sees the application's beans, and only for that class.
 */
@Dependent
public class SynchronikExtension implements Extension {
  private static final String SERVLET_CONTEXT = "jakarta.servlet.ServletContext";

  private final Candidates candidates = new Candidates();
  private final SynchronikRuntime runtime = new SynchronikRuntime();
  private final AtomicReference<@Nullable Object> owner = new AtomicReference<>();
  private final AtomicReference<@Nullable ApplicationStart> inSe = new AtomicReference<>();

  SynchronikRuntime runtime() {
    return runtime;
  }

  /** Takes the runtime for one web application; those of an EAR share what is in its lib. */
  boolean take(Object application) {
    return owner.compareAndSet(null, application);
  }

  /** Gives the runtime back; false when another application has it. */
  boolean giveBack(Object application) {
    return owner.compareAndSet(application, null);
  }

  void warnOfLeftOut(Set<Class<?>> declaring) {
    LeftOut.warn(candidates, declaring);
    LeftOut.warnOfNone(candidates);
  }

  void candidate(
      @Observes @WithAnnotations({Worker.class, WorkerProcess.class})
          ProcessAnnotatedType<?> event) {
    candidates.seen(event.getAnnotatedType());
  }

  void addUnseen(@Observes AfterTypeDiscovery event, BeanManager beans) {
    for (Class<?> type : EarClasses.find()) {
      if (!candidates.wasSeen(type)) {
        event.addAnnotatedType(beans.createAnnotatedType(type), ArchiveId.of(type));
      }
    }
  }

  void bean(@Observes ProcessManagedBean<?> event) {
    candidates.isBean(event);
  }

  void process(@Observes ProcessBean<?> event) {
    candidates.isBean(event.getBean(), event.getAnnotated());
  }

  void offerManager(@Observes AfterBeanDiscovery event) {
    event
        .<SynchronikManager>addBean()
        .id(ArchiveId.of(SynchronikManager.class))
        .beanClass(SynchronikManager.class)
        .types(SynchronikManager.class, Object.class)
        .scope(ApplicationScoped.class)
        .produceWith(instance -> runtime.manager());
  }

  void validate(@Observes AfterDeploymentValidation event, BeanManager beans) {
    Declarations declarations = new Declarations(beans, candidates);
    runtime.declare(declarations);
    if (declarations.needTheApplication()) {
      return;
    }
    try {
      declarations.units();
    } catch (InvalidDefinitionException e) {
      event.addDeploymentProblem(e);
    }
  }

  void start(@Observes @Initialized(ApplicationScoped.class) Object payload, BeanManager beans) {
    if (!isServer(payload)) {
      LeftOut.warn(candidates, Set.of());
      ApplicationStart starting = new ApplicationStart(null);
      inSe.set(starting);
      runtime.startInSe(beans, starting);
    }
  }

  /** After all other observers, but for those of the same priority. */
  void begin(@Observes @Priority(Integer.MAX_VALUE) Startup event) {
    ApplicationStart starting = inSe.getAndSet(null);
    if (starting != null) {
      boolean begun = false;
      try {
        starting.said();
        begun = true;
      } finally {
        if (!begun) {
          runtime.stop();
        }
      }
    }
  }

  void stop(@Observes @BeforeDestroyed(ApplicationScoped.class) Object payload) {
    if (!isServer(payload)) {
      runtime.stop();
    }
  }

  /** In a web application the application's scope begins with a servlet context. */
  private static boolean isServer(Object payload) {
    return implementsType(payload.getClass(), SERVLET_CONTEXT) || ServerPlatform.isThere();
  }

  private static boolean implementsType(Class<?> type, String name) {
    for (Class<?> current = type; current != null; current = current.getSuperclass()) {
      for (Class<?> implemented : current.getInterfaces()) {
        if (implemented.getName().equals(name)) {
          return true;
        }
      }
    }
    return false;
  }
}
