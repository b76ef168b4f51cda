package io.synchronik.it.serverless;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.synchronik.SynchronikManager;
import io.synchronik.it.serverless.elsewhere.Hidden;
import io.synchronik.it.testkit.Database;
import io.synchronik.it.testkit.DatabaseKind;
import io.synchronik.it.testkit.Node;
import io.synchronik.it.testkit.Probe;
import io.synchronik.process.WorkerProcess;
import io.synchronik.run.RunHandle;
import io.synchronik.worker.Action;
import io.synchronik.worker.RunContext;
import io.synchronik.worker.Work;
import io.synchronik.worker.Worker;
import io.synchronik.worker.WorkerDefinition;
import jakarta.annotation.Priority;
import jakarta.decorator.Decorator;
import jakarta.decorator.Delegate;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.context.RequestScoped;
import jakarta.enterprise.inject.Alternative;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Specializes;
import jakarta.enterprise.inject.Typed;
import jakarta.inject.Inject;
import jakarta.interceptor.Interceptor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Units are what CDI makes beans of, and are called as CDI calls beans. */
class BeanRulesIT {
  private final Database database = DatabaseKind.H2.create("beans");

  @AfterEach
  void drop() {
    database.close();
  }

  /** Works for the tests. */
  abstract static class Named implements Work<String> {
    @Override
    public String run(RunContext run) {
      return getClass().getSimpleName().replaceFirst("\\$.*", "");
    }
  }

  @Alternative
  @Worker(id = "unselected")
  static class Unselected extends Named {}

  @Alternative
  @ApplicationScoped
  static class UnselectedMethods {
    @Worker(id = "unselected-method")
    String work() {
      return "work";
    }
  }

  @Alternative
  @Priority(Interceptor.Priority.APPLICATION)
  @Worker(id = "selected")
  static class Selected extends Named {}

  @Test
  void anAlternativeIsAUnitOnlyWhenItIsSelected() {
    try (Node node =
        Node.on(database)
            .beans(Unselected.class, UnselectedMethods.class, Selected.class)
            .start()) {
      assertThat(units(node)).containsExactly("selected");
    }
  }

  abstract static class Base<T> {
    private final String greeting = "Hello ";

    @Worker(id = "of-base")
    String inherited() {
      return greeting + "inherited";
    }

    @Worker(id = "overridden")
    public String overridden() {
      return greeting + "overridden";
    }

    @Worker(id = "no-more")
    public String silenced() {
      return "never";
    }

    @Worker(id = "generic")
    public abstract String generic(T what);
  }

  @ApplicationScoped
  static class Lower extends Base<Tool> {
    @Override
    @Worker(id = "overridden")
    public String overridden() {
      return super.overridden() + " below";
    }

    @Override
    public String silenced() {
      return "not a worker";
    }

    @Override
    @Worker(id = "generic")
    public String generic(Tool tool) {
      return tool.name();
    }
  }

  @Dependent
  static class Tool {
    String name() {
      return "tool";
    }
  }

  @Test
  void aSubclassHasWhatItInheritsAndWhatItOverridesOnce() {
    try (Node node = Node.on(database).beans(Lower.class, Base.class, Tool.class).start()) {
      assertThat(units(node)).containsExactly("generic", "of-base", "overridden");
      assertThat(result(node, "of-base")).isEqualTo("Hello inherited");
      assertThat(result(node, "overridden")).isEqualTo("Hello overridden below");
      assertThat(result(node, "generic")).isEqualTo("tool");
    }
  }

  @ApplicationScoped
  @Worker(id = "export")
  static class Export extends Named {
    @Worker(id = "export-part")
    String part() {
      return "part of " + getClass().getSimpleName().replaceFirst("\\$.*", "");
    }
  }

  @Specializes
  @ApplicationScoped
  @Worker(id = "export")
  static class SpecialExport extends Export {}

  @Dependent
  @WorkerProcess(id = "nightly", workers = Upload.class)
  static class Nightly {}

  @Worker(id = "upload")
  static class Upload extends Named {}

  @Specializes
  @Worker(id = "upload")
  static class SpecialUpload extends Upload {}

  @Test
  void aSpecializedBeanIsGone() {
    try (Node node =
        Node.on(database)
            .beans(
                Export.class, SpecialExport.class, Upload.class, SpecialUpload.class, Nightly.class)
            .start()) {
      assertThat(units(node)).containsExactly("export", "export-part", "nightly", "upload");
      assertThat(result(node, "export")).isEqualTo("SpecialExport");
      assertThat(result(node, "export-part")).isEqualTo("part of SpecialExport");
      assertThat(result(node, "upload")).isEqualTo("SpecialUpload");
    }
  }

  @ApplicationScoped
  static class Upper {
    @Worker(id = "twice")
    void work() {}
  }

  @ApplicationScoped
  static class Under extends Upper {}

  @Test
  void twoBeansThatHaveAMethodAreBothNamed() {
    assertThat(failure(Upper.class, Under.class))
        .contains("SYNC-0007 Two units have the id 'twice'")
        .contains(Upper.class.getName() + ".work()")
        .contains(Under.class.getName() + ".work() of " + Upper.class.getName());
  }

  /** What the others see of the narrowed beans. */
  interface Billing {
    String bill();
  }

  @Typed(Billing.class)
  @ApplicationScoped
  static class NarrowMethods implements Billing {
    private final String sum = "12.50";

    @Override
    @Worker(id = "narrow-method")
    public String bill() {
      return sum;
    }
  }

  @Typed(Work.class)
  @Worker(id = "narrow-dependent")
  static class NarrowWork extends Named {}

  @Typed(Action.class)
  @ApplicationScoped
  @Worker(id = "narrow-scoped")
  static class NarrowAction implements Action {
    @Override
    public void run(RunContext run) {}
  }

  @Typed(Work.class)
  @ApplicationScoped
  static class Registered extends Named {}

  @Test
  void aReferenceIsAskedForByATypeThatTheBeanHas() {
    try (Node node =
        Node.on(database)
            .beans(NarrowMethods.class, NarrowWork.class, NarrowAction.class, Registered.class)
            .start()) {
      node.manager().registerUnit(WorkerDefinition.of("registered", Registered.class));
      assertThat(result(node, "narrow-method")).isEqualTo("12.50");
      assertThat(result(node, "narrow-dependent")).isEqualTo("NarrowWork");
      assertThat(result(node, "narrow-scoped")).isNull();
      assertThat(result(node, "registered")).isEqualTo("Registered");
    }
  }

  @Typed(Billing.class)
  @ApplicationScoped
  static class NothingToCall implements Billing {
    @Override
    public String bill() {
      return "nothing";
    }

    @Worker(id = "outside-type")
    public void outside() {}
  }

  @ApplicationScoped
  @Worker(id = "final-class")
  static final class FinalClass extends Named {}

  @ApplicationScoped
  @Worker(id = "final-run")
  static class FinalRun implements Action {
    @Override
    public final void run(RunContext run) {}
  }

  @ApplicationScoped
  static class InheritsHidden extends Hidden {}

  @Test
  void whatCanNeverBeCalledIsADefinitionError() {
    assertThat(failure(NothingToCall.class, FinalClass.class, FinalRun.class, InheritsHidden.class))
        .contains("SYNC-0017 4 definition error(s)")
        .contains("SYNC-0171 Worker 'outside-type'", Billing.class.getName())
        .contains("SYNC-0172 Worker 'final-class'", "@ApplicationScoped")
        .contains("SYNC-0172 Worker 'final-run'")
        .contains("SYNC-0173 Worker 'hidden'", InheritsHidden.class.getName())
        .contains(Hidden.class.getName());
  }

  @Dependent
  static class InheritsReachable extends Hidden {}

  @Test
  void aMethodThatNoProxyStandsBeforeMayBeHidden() {
    try (Node node = Node.on(database).beans(InheritsReachable.class).start()) {
      assertThat(result(node, "hidden")).isEqualTo("done");
    }
  }

  @RequestScoped
  @Worker(id = "in-request")
  static class InRequest implements Work<Integer> {
    private int calls;

    @Override
    public Integer run(RunContext run) {
      return ++calls;
    }
  }

  @ApplicationScoped
  static class Decorated implements Billing {
    @Override
    @Worker(id = "decorated")
    public String bill() {
      return "1.00";
    }
  }

  @Decorator
  @Priority(Interceptor.Priority.APPLICATION)
  static class WithTax implements Billing {
    @Inject @Delegate @Any Billing untaxed;

    @Override
    public String bill() {
      return untaxed.bill() + " and tax";
    }
  }

  @Test
  void scopesAndDecoratorsApply() {
    try (Node node =
        Node.on(database).beans(InRequest.class, Decorated.class, WithTax.class).start()) {
      for (int i = 0; i < 2; i++) {
        assertThat(run(node, "in-request", Integer.class)).isEqualTo(1);
      }
      assertThat(result(node, "decorated")).isEqualTo("1.00 and tax");
    }
  }

  @Test
  void aHandleShowsItsRunAndItsUnit() {
    try (Node node = Node.on(database).beans(InRequest.class).start()) {
      RunHandle run = node.manager().runWorkerById("in-request");

      assertThat(run).hasToString("run " + run.id() + " of in-request");
      run.join(Probe.PATIENCE);
    }
  }

  private static Iterable<String> units(Node node) {
    return node.manager().listUnits().stream().map(unit -> unit.id().value()).toList();
  }

  private static String result(Node node, String unit) {
    return run(node, unit, String.class);
  }

  private static <T> T run(Node node, String unit, Class<T> type) {
    SynchronikManager manager = node.manager();
    return manager.runWorkerById(unit).join(Probe.PATIENCE).result().as(type);
  }

  private String failure(Class<?>... beans) {
    Throwable failure = catchThrowable(() -> Node.on(database).beans(beans).start().close());
    assertThat(failure).isNotNull();
    StringBuilder told = new StringBuilder();
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      told.append(cause.getMessage()).append('\n');
    }
    return told.toString();
  }
}
