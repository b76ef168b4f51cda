package io.synchronik.it.servers;

import static org.assertj.core.api.Assertions.assertThat;

import io.synchronik.it.servers.app.access.Users;
import io.synchronik.it.servers.app.library.LibraryWorker;
import java.net.URL;
import java.util.List;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.OperateOnDeployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Two WARs in one EAR, each with the plugin: each has what a WAR by itself has. The first one has
 * beans of all kinds.
 */
@ExtendWith(ArquillianExtension.class)
@RunAsClient
class EarIT {
  private static final String TWO = "two";
  private static final String SHARED = "shared";

  @Deployment(name = TWO, testable = false)
  static EnterpriseArchive two() {
    return Wars.ear(
        TWO,
        Wars.withPlugin("first", "first")
            .addClass(Users.class)
            .addAsLibrary(Wars.library("library", LibraryWorker.class)),
        Wars.withPlugin("second", "second").addClass(Users.class));
  }

  @Deployment(name = SHARED, testable = false)
  static EnterpriseArchive shared() {
    WebArchive without = Wars.plain("without-jar", "second").addPackage(Wars.APP);
    return Wars.ear(SHARED, without).addAsLibraries(Wars.jars());
  }

  @ArquillianResource
  @OperateOnDeployment(TWO)
  URL base;

  private Site first;
  private Site second;

  @BeforeEach
  void sites() {
    first = Site.at(base).neighbour("first");
    second = Site.at(base).neighbour("second");
  }

  @Test
  void eachHasItsOwnManager() {
    assertThat(first.lines("api/manager"))
        .containsExactlyInAnyOrder(
            "in-library",
            "local-method",
            "local-work",
            "no-interface",
            "only-annotated",
            "special");
    assertThat(second.lines("api/manager")).containsExactlyInAnyOrder("only-annotated", "scoped");
  }

  @Test
  void eachHasItsOwnEngine() {
    String run = first.posted("api/manager/only-annotated/run").lines().toList().get(2);

    assertThat(first.text("api/manager/run/" + run)).isEqualTo("COMPLETED");
    assertThat(second.text("api/manager/run/" + run)).isEqualTo("unknown");
    assertThat(result(first, "only-annotated")).isEqualTo("\"first\"");
    assertThat(result(second, "only-annotated")).isEqualTo("\"second\"");
    assertThat(result(second, "scoped")).isEqualTo("\"scoped\"");
    first.awaitNotes(notes -> notes.contains("only annotated"));
    assertThat(second.lines("api/notes")).doesNotContain("only annotated");
  }

  @Test
  void eachHasItsOwnAdminResource() {
    for (Site site : List.of(first, second)) {
      assertThat(site.get("api/synchronik/units").status()).isEqualTo(401);
    }
    assertThat(first.as("viewer").text("api/synchronik/units")).contains("\"special\"");
    assertThat(second.as("viewer").text("api/synchronik/units"))
        .contains("\"scoped\"")
        .doesNotContain("\"special\"");
  }

  @Test
  void sessionBeansAreCalledByTheTypesThatTheyHave() {
    assertThat(result(first, "local-method")).isEqualTo("\"billed\"");
    assertThat(result(first, "local-work")).isEqualTo("\"reported\"");
    assertThat(result(first, "no-interface")).isEqualTo("\"worked\"");
    assertThat(first.lines("api/notes")).contains("billed", "reported");
  }

  @Test
  void aSpecializedBeanAndAnUnselectedAlternativeAreNoUnits() {
    assertThat(result(first, "special")).isEqualTo("\"special\"");
    assertThat(first.lines("api/manager")).doesNotContain("unselected");
  }

  @Test
  void aWorkerInALibraryIsABeanByItsAnnotation() {
    assertThat(result(first, "in-library")).isEqualTo("\"done in a library\"");
  }

  @Test
  void aClassThatIsNoBeanIsNamed() {
    assertThat(first.lines("api/notes"))
        .filteredOn(note -> note.startsWith("warning SYNC-0170"))
        .singleElement()
        .asString()
        .contains(".Unscoped");
  }

  /** Payara starts what stands in an EAR's lib directory; WildFly does not. */
  @Test
  void aJarOutsideOfTheWarWorksOrIsReported() {
    Site site = first.neighbour("without-jar");

    if (site.get("api/manager").status() == 200) {
      assertThat(result(site, "scoped")).isEqualTo("\"scoped\"");
    } else {
      assertThat(site.lines("api/notes"))
          .anyMatch(note -> note.contains("SYNC-0174") && note.contains("/without-jar"));
    }
  }

  private static String result(Site site, String unit) {
    List<String> lines = site.posted("api/manager/" + unit + "/run").lines().toList();
    assertThat(lines.get(0)).isEqualTo("COMPLETED");
    return lines.get(1);
  }
}
