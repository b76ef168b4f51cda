package io.synchronik.it.servers;

import static org.assertj.core.api.Assertions.assertThat;

import io.synchronik.it.servers.app.library.LibraryWorker;
import io.synchronik.it.servers.app.library.PlainBean;
import java.net.URL;
import java.util.List;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.OperateOnDeployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Workers are found, fire and are observed. The same application twice, without beans.xml and with
 * it: both on one server and one database, with the same ids, and neither sees the other.
 */
@ExtendWith(ArquillianExtension.class)
@RunAsClient
class WorkersIT {
  private static final String BARE = "bare";
  private static final String MARKED = "marked";
  private static final List<String> UNITS =
      List.of("cron", "greet", "in-library", "in-marked-library", "interval");

  @Deployment(name = BARE, testable = false)
  static WebArchive bare() {
    return application(BARE);
  }

  @Deployment(name = MARKED, testable = false)
  static WebArchive marked() {
    return application(MARKED).addAsWebInfResource(Wars.empty(), "beans.xml");
  }

  private static WebArchive application(String name) {
    return Wars.withPlugin(name, "workers")
        .addAsLibrary(Wars.library("bare-library", LibraryWorker.class))
        .addAsLibrary(
            Wars.library("marked-library", PlainBean.class)
                .addAsManifestResource(Wars.allBeans(), "beans.xml"));
  }

  @ArquillianResource
  @OperateOnDeployment(BARE)
  URL bareBase;

  @ArquillianResource
  @OperateOnDeployment(MARKED)
  URL markedBase;

  private Site bare;
  private Site marked;

  @BeforeEach
  void sites() {
    bare = Site.at(bareBase);
    marked = Site.at(markedBase);
  }

  @Test
  void workersAreFoundInClassesAndInLibraries() {
    for (Site site : List.of(bare, marked)) {
      assertThat(site.lines("api/manager")).isEqualTo(UNITS);
      assertThat(result(site, "in-library")).isEqualTo("\"done in a library\"");
      assertThat(result(site, "in-marked-library")).isEqualTo("\"done in a marked library\"");
    }
  }

  @Test
  void parametersAreInjectedAndDependentOnesDestroyedAfterTheAttempt() {
    String run = bare.posted("api/manager/greet/run?payload=Kari");

    assertThat(run).startsWith("COMPLETED\n\"Hello Kari No. 7 from bare\"\n");
    bare.awaitNotes(notes -> notes.contains("ticket destroyed"));
  }

  @Test
  void anIntervalFiresAtEachOfItsTimes() {
    List<String> notes = bare.awaitNotes(known -> times(known, "interval").size() >= 4);

    List<Long> times = times(notes, "interval");
    assertThat(times).doesNotHaveDuplicates().isSorted();
    assertThat(times).allMatch(time -> (time - times.get(0)) % 200 == 0);
    assertThat(notes.stream().filter(note -> note.startsWith("interval ")))
        .allMatch(note -> note.endsWith(" bare"));
  }

  @Test
  void aCronExpressionFiresAtEachOfItsTimes() {
    List<String> notes = bare.awaitNotes(known -> times(known, "cron").size() >= 2);

    assertThat(times(notes, "cron"))
        .doesNotHaveDuplicates()
        .isSorted()
        .allMatch(time -> time % 1000 == 0);
  }

  @Test
  void eventsReachObserversByTheirQualifiers() {
    bare.posted("api/manager/greet/run?payload=Ola");

    List<String> expected =
        List.of(
            "observed greet of bare",
            "observed async greet of bare",
            "observed milestone Hello Ola No. 7",
            "observed async milestone Hello Ola No. 7",
            "observed start of greet");
    List<String> notes = bare.awaitNotes(known -> known.containsAll(expected));
    assertThat(notes).noneMatch(note -> note.startsWith("observed another's"));
  }

  @Test
  void applicationsOnOneDatabaseDoNotSeeEachOther() {
    String run = bare.posted("api/manager/greet/run?payload=Liv").lines().toList().get(2);
    bare.posted("api/manager/interval/pause");

    assertThat(bare.text("api/manager/run/" + run)).isEqualTo("COMPLETED");
    assertThat(marked.text("api/manager/run/" + run)).isEqualTo("unknown");
    assertThat(bare.text("api/manager/interval/paused")).isEqualTo("true");
    assertThat(marked.text("api/manager/interval/paused")).isEqualTo("false");
    int fired = times(marked.lines("api/notes"), "interval").size();
    List<String> ofMarked =
        marked.awaitNotes(known -> times(known, "interval").size() >= fired + 3);
    bare.posted("api/manager/interval/resume");
    assertThat(ofMarked)
        .filteredOn(WorkersIT::isOfTheApplication)
        .noneMatch(note -> note.contains("bare") || note.contains("Liv"));
    assertThat(bare.lines("api/notes"))
        .filteredOn(WorkersIT::isOfTheApplication)
        .noneMatch(note -> note.contains("marked"));
  }

  /** The log is that of all applications of the server. */
  private static boolean isOfTheApplication(String note) {
    return !note.startsWith("told ");
  }

  private static String result(Site site, String unit) {
    List<String> lines = site.posted("api/manager/" + unit + "/run").lines().toList();
    assertThat(lines.get(0)).isEqualTo("COMPLETED");
    return lines.get(1);
  }

  private static List<Long> times(List<String> notes, String unit) {
    return notes.stream()
        .filter(note -> note.startsWith(unit + " "))
        .map(note -> Long.valueOf(note.split(" ", -1)[1]))
        .toList();
  }
}
