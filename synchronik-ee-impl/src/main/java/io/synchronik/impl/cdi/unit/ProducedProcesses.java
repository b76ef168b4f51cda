package io.synchronik.impl.cdi.unit;

import io.synchronik.impl.bean.ProcessSource;
import io.synchronik.impl.cdi.work.RequestScopes;
import io.synchronik.impl.settings.Message;
import io.synchronik.process.Process;
import jakarta.enterprise.context.spi.CreationalContext;
import jakarta.enterprise.inject.spi.BeanManager;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The processes that are beans. What their producers were given lives as long as the application,
 * because conditions and hooks may use it.
 */
final class ProducedProcesses {
  private final BeanManager beans;
  private final List<CreationalContext<?>> creations = new ArrayList<>();

  ProducedProcesses(BeanManager beans) {
    this.beans = beans;
  }

  /** Returns the process of a bean; empty when it gives none. */
  Optional<Process> get(ProcessSource source, DefinitionErrors errors) {
    RequestScopes.Scope request = new RequestScopes(beans).begin();
    CreationalContext<?> creation = beans.createCreationalContext(source.bean());
    creations.add(creation);
    try {
      Object process = beans.getReference(source.bean(), Process.class, creation);
      if (process instanceof Process produced) {
        return Optional.of(produced);
      }
      errors.add(Message.NO_PROCESS, source.where(), "it is null");
    } catch (RuntimeException | Error e) {
      errors.add(Message.NO_PROCESS, source.where(), chain(e));
      errors.because(e);
    } finally {
      request.end();
    }
    return Optional.empty();
  }

  /** CDI wraps what a producer throws, now and then more than once. */
  private static String chain(Throwable thrown) {
    StringBuilder chain = new StringBuilder(thrown.toString());
    for (Throwable cause = thrown.getCause(); cause != null; cause = cause.getCause()) {
      chain.append("; caused by ").append(cause);
    }
    return chain.toString();
  }

  /** Ends what was made for the processes. */
  void release() {
    creations.forEach(CreationalContext::release);
    creations.clear();
  }
}
