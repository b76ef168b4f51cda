package io.synchronik.it.serverless;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.synchronik.it.testkit.Database;
import io.synchronik.it.testkit.DatabaseKind;
import io.synchronik.it.testkit.Node;
import io.synchronik.it.testkit.NodeBuilder;
import io.synchronik.worker.Action;
import io.synchronik.worker.RunContext;
import io.synchronik.worker.Worker;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.ConversationScoped;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.context.SessionScoped;
import jakarta.enterprise.inject.Vetoed;
import jakarta.transaction.Transactional;
import java.io.Serializable;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is wrong with declarations and settings fails the start, all of it at once. */
class DefinitionErrorIT {
  private final Database database = DatabaseKind.H2.create("definitions");

  @AfterEach
  void drop() {
    database.close();
  }

  /** Does nothing. */
  abstract static class Nothing implements Action {
    @Override
    public void run(RunContext run) {}
  }

  @Worker(id = "twice")
  static class First extends Nothing {}

  @ApplicationScoped
  static class Second {
    @Worker(id = "twice")
    void again() {}
  }

  @Worker(id = "not an id")
  static class BadId extends Nothing {}

  @Worker(id = "lazy")
  static class Lazy {}

  @Dependent
  static class BadMethods {
    @SuppressWarnings("UnusedMethod") // nothing can call it: that is what is wrong
    @Worker(id = "private")
    private void hidden() {}

    @Worker(id = "static")
    static void shared() {}

    @Worker(id = "final")
    final void fixed() {}
  }

  @SessionScoped
  @Worker(id = "session")
  static class InSession extends Nothing implements Serializable {}

  @ConversationScoped
  static class InConversation implements Serializable {
    @Worker(id = "conversation")
    void talk() {}
  }

  @ApplicationScoped
  static class BadSettings {
    @Worker(id = "bad-cron", cron = "0 0 3 * *")
    void badCron() {}

    @Worker(id = "never", cron = "0 0 0 31 2 ?")
    void never() {}

    @Worker(id = "macro", cron = "@daily")
    void macro() {}

    @Worker(id = "two-days", cron = "0 0 3 * * *")
    void twoDays() {}

    @Worker(id = "list-of-weeks", cron = "0 0 3 ? * 2#1,4#2")
    void listOfWeeks() {}

    @Worker(id = "over", cron = "0 0 3 1 1 ? 2020")
    void over() {}

    @Worker(id = "delayed-cron", cron = "0 0 3 * * ?", initialDelay = "5s")
    void delayedCron() {}

    @Worker(id = "long-jitter", cron = "0 0/5 * * * ?", jitter = "5m")
    void longJitter() {}

    @Worker(id = "long-jitter-by-key", every = "4s")
    void longJitterByKey() {}

    @Worker(id = "unbalanced", every = "${a:${b:5s}")
    void unbalanced() {}

    @Worker(id = "bad-zone", cron = "0 0 3 * * ?", zone = "Europe/Nowhere")
    void badZone() {}

    @Worker(id = "bad-interval", every = "soon")
    void badInterval() {}

    @Worker(id = "short-interval", every = "9ms")
    void shortInterval() {}

    @Worker(id = "both", every = "1s", cron = "0 0 3 * * ?")
    void both() {}

    @Worker(id = "negative", maxRetries = -1)
    void negative() {}

    @Worker(id = "no-value", every = "${no.such.key}")
    void noValue() {}

    @Worker(id = "perhaps", enabled = "perhaps")
    void perhaps() {}

    @Worker(id = "bad-override")
    void badOverride() {}

    @Worker(id = "several", every = "${no.such.key}", maxRetries = -1, enabled = "perhaps")
    void several() {}
  }

  @Worker(id = "abstract")
  abstract static class Abstract implements Action {}

  @Worker(id = "closed")
  static class Closed extends Nothing {
    Closed(String unknown) {
      assertThat(unknown).isNotNull();
    }
  }

  @Vetoed
  static class Stranger {}

  @ApplicationScoped
  static class BadParameter {
    @Worker(id = "stranger")
    void meet(Stranger stranger) {}
  }

  @Worker(id = "apart")
  @Transactional(Transactional.TxType.REQUIRES_NEW)
  static class Apart extends Nothing {}

  @ApplicationScoped
  static class Outside {
    @Worker(id = "outside")
    @Transactional(Transactional.TxType.NOT_SUPPORTED)
    void outside() {}
  }

  @Test
  void allErrorsAreListedTogether() throws Exception {
    String message =
        failure(
            Node.on(database)
                .setting("synchronik.unit.\"bad-override\".every", "now and then")
                .setting("synchronik.unit.\"long-jitter-by-key\".jitter", "4s")
                .setting("synchronik.unit.several.timeout", "soon")
                .setting("synchronik.unit.several.log", "some")
                .setting("synchronik.workers", "none")
                .beans(
                    First.class,
                    Second.class,
                    BadId.class,
                    Lazy.class,
                    BadMethods.class,
                    InSession.class,
                    InConversation.class,
                    BadSettings.class,
                    Abstract.class,
                    Closed.class,
                    BadParameter.class,
                    Apart.class,
                    Outside.class));

    assertThat(message).contains("SYNC-0017 37 definition error(s), nothing was started");
    assertListed(message, "SYNC-0007", "'twice'", "First", "Second.again()");
    assertListed(message, "SYNC-0008", "BadId", "'not an id'");
    assertListed(message, "SYNC-0009", "'lazy'", "Lazy");
    assertListed(message, "SYNC-0010", "'private'", "BadMethods.hidden()", "private");
    assertListed(message, "SYNC-0010", "'static'", "BadMethods.shared()", "static");
    assertListed(message, "SYNC-0010", "'final'", "BadMethods.fixed()", "final");
    assertListed(message, "SYNC-0011", "'session'", "InSession", "SessionScoped");
    assertListed(message, "SYNC-0011", "'conversation'", "InConversation.talk()");
    assertListed(message, "SYNC-0012", "'bad-cron'", "BadSettings.badCron()", "5 fields");
    assertListed(message, "SYNC-0012", "'never'", "never due");
    assertListed(message, "SYNC-0012", "'macro'", "write \"0 0 0 * * ?\"");
    assertListed(message, "SYNC-0012", "'two-days'", "write \"0 0 3 * * ?\"");
    assertListed(message, "SYNC-0012", "'list-of-weeks'", "takes no list");
    assertListed(message, "SYNC-0012", "'over'", "its years are over");
    assertListed(message, "SYNC-0012", "'delayed-cron'", "initialDelay goes with every alone");
    assertListed(message, "SYNC-0012", "'long-jitter'", "jitter (PT5M) must be shorter", "(PT5M)");
    assertListed(message, "SYNC-0012", "'long-jitter-by-key'", "jitter (PT4S) must be shorter");
    assertListed(message, "SYNC-0012", "'several'", "log: 'some' is none of off, own, error");
    assertListed(message, "SYNC-0012", "'unbalanced'", "'${a:${b:5s}'", "has no end");
    assertListed(message, "SYNC-0012", "'bad-zone'", "Europe/Nowhere");
    assertListed(message, "SYNC-0012", "'bad-interval'", "'soon' is not a duration");
    assertListed(message, "SYNC-0012", "'short-interval'", "every must be at least 10 ms");
    assertListed(message, "SYNC-0012", "'both'", "every and cron cannot both be set");
    assertListed(message, "SYNC-0012", "'negative'", "maxRetries must be 0 to 1000, not -1");
    assertListed(message, "SYNC-0012", "'no-value'", "${no.such.key}", "no value");
    assertListed(message, "SYNC-0012", "'perhaps'", "neither true nor false");
    assertListed(message, "SYNC-0012", "'bad-override'", "'now and then'");
    assertListed(message, "SYNC-0012", "'several'", "${no.such.key}");
    assertListed(message, "SYNC-0012", "'several'", "maxRetries must be 0 to 1000, not -1");
    assertListed(message, "SYNC-0012", "'several'", "'perhaps'");
    assertListed(message, "SYNC-0012", "'several'", "timeout: 'soon' is not a duration");
    assertListed(message, "SYNC-0030", "synchronik.workers", "'none'");
    assertListed(message, "SYNC-0013", "'abstract'", "Abstract", "the class is abstract");
    assertListed(message, "SYNC-0013", "'closed'", "Closed", "constructor");
    assertListed(message, "SYNC-0014", "'stranger'", "BadParameter.meet()", "Stranger");
    assertListed(message, "SYNC-0015", "'apart'", "Apart", "REQUIRES_NEW");
    assertListed(message, "SYNC-0015", "'outside'", "Outside.outside()", "NOT_SUPPORTED");
    assertThat(
            database.rows(
                "select table_name from information_schema.tables"
                    + " where lower(table_name) = 'sk_unit'"))
        .isEmpty();
  }

  private static void assertListed(String message, String... parts) {
    assertThat(message.lines())
        .as("a line with %s", (Object) parts)
        .anyMatch(
            line -> {
              for (String part : parts) {
                if (!line.contains(part)) {
                  return false;
                }
              }
              return true;
            });
  }

  @Test
  void wrongSettingsNameTheirKeysTogether() {
    String message =
        failure(
            Node.on(database)
                .setting("synchronik.workers", "none")
                .setting("synchronik.loop-interval", "10ms")
                .setting("synchronik.lease", "2h")
                .setting("synchronik.schema", "guess")
                .setting("synchronik.history.runs", "0"));

    assertThat(message)
        .contains("SYNC-0030")
        .contains("synchronik.workers has the value 'none'")
        .contains("synchronik.loop-interval has the value '10ms'")
        .contains("must be 50ms to 1m")
        .contains("synchronik.lease has the value '2h'")
        .contains("synchronik.schema has the value 'guess'")
        .contains("synchronik.history.runs has the value '0'");
  }

  @Test
  void settingsThatDoNotGoTogetherAreRefused() {
    assertThat(
            failure(
                Node.on(database)
                    .setting("synchronik.loop-interval", "2s")
                    .setting("synchronik.lease", "5s")))
        .contains("SYNC-0031")
        .contains("synchronik.loop-interval")
        .contains("synchronik.lease");
  }

  @Test
  void applicationIsNeededInJavaSe() {
    assertThat(failure(Node.on(database).setting("synchronik.application", "")))
        .contains("SYNC-0042")
        .contains("synchronik.application");
  }

  @Test
  void errorsAreCorrectedAndTheNodeStarts() {
    failure(Node.on(database).beans(Lazy.class));

    try (Node node = Node.on(database).beans(First.class).start()) {
      assertThat(node.manager().getUnitById("twice")).isPresent();
    }
  }

  private static String failure(NodeBuilder node) {
    Throwable thrown = catchThrowable(() -> node.start().close());
    assertThat(thrown).isNotNull();
    StringBuilder messages = new StringBuilder();
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      messages.append(cause.getMessage()).append('\n');
    }
    assertThat(messages.toString()).containsPattern(Pattern.compile("SYNC-\\d{4}"));
    return messages.toString();
  }
}
