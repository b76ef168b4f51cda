package io.synchronik.it.servers;

import static org.assertj.core.api.Assertions.assertThat;

import io.synchronik.it.testkit.Await;
import io.synchronik.it.testkit.Probe;
import java.net.URL;
import java.util.List;
import java.util.stream.IntStream;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Transactions: of a caller that asks for a run, and of a worker. The application has a persistence
 * unit of its own and uses it without naming it.
 */
@ExtendWith(ArquillianExtension.class)
@RunAsClient
class OrdersIT {
  private static final int ORDERS = 20;

  @Deployment(testable = false)
  static WebArchive war() {
    return Wars.withPlugin("orders", "orders")
        .addAsResource(
            new StringAsset(
                """
                <persistence xmlns="https://jakarta.ee/xml/ns/persistence" version="3.0">
                  <persistence-unit name="orders">
                    <jta-data-source>java:comp/DefaultDataSource</jta-data-source>
                    <properties>
                      <property name="jakarta.persistence.schema-generation.database.action"
                                value="drop-and-create"/>
                    </properties>
                  </persistence-unit>
                </persistence>
                """),
            "META-INF/persistence.xml");
  }

  @ArquillianResource URL base;
  private Site site;

  @BeforeEach
  void site() {
    site = Site.at(base);
  }

  @Test
  void aRunAskedForInATransactionStartsAfterTheCommit() {
    assertThat(site.posted("api/orders/A-1?payable=true")).isEqualTo("COMPLETED");

    assertThat(site.lines("api/orders")).contains("A-1");
    List<String> notes = site.lines("api/notes");
    assertThat(notes).contains("in transaction SUBMITTED", "outside unseen");
    assertThat(notes).doesNotContain("outside seen");
    assertThat(times("billed A-1")).hasSize(1);
    assertThat(times("billed A-1").get(0)).isGreaterThan(times("commit A-1").get(0));
  }

  @Test
  void aRunAskedForInATransactionIsGoneAfterARollback() {
    assertThat(site.posted("api/orders/B-1?payable=false")).isEqualTo("gone");

    assertThat(site.lines("api/orders")).doesNotContain("B-1");
    assertThat(times("billed B-1")).isEmpty();
  }

  @Test
  void runsStartSoonAfterTheCommit() {
    List<String> numbers = IntStream.range(0, ORDERS).mapToObj(i -> "C-" + i).toList();
    for (String number : numbers) {
      assertThat(site.posted("api/orders/" + number + "?payable=true")).isEqualTo("COMPLETED");
    }

    List<Long> millis =
        numbers.stream()
            .map(number -> times("billed " + number).get(0) - times("commit " + number).get(0))
            .map(nanos -> nanos / 1_000_000)
            .sorted()
            .toList();
    System.out.printf(
        "Commit and start of a run asked for in it, %d times: median %d ms, at most %d ms%n",
        ORDERS, millis.get(ORDERS / 2), millis.get(ORDERS - 1));
    assertThat(millis.get(ORDERS / 2)).isLessThan(1000);
  }

  @Test
  void rowsOfATransactionalWorkerAndItsCompletionAreOneCommit() {
    assertThat(imported("good-1")).startsWith("COMPLETED\n\"imported good-1\"\n");
    assertThat(imported("unchecked-1")).startsWith("FAILED\n");
    assertThat(imported("checked-1")).startsWith("FAILED\n");
    assertThat(imported("unwritable-1")).startsWith("FAILED\n");

    assertThat(site.lines("api/orders"))
        .as("as JTA says, what is checked commits")
        .contains("good-1", "checked-1")
        .doesNotContain("unchecked-1", "unwritable-1");
    Await.until(Probe.PATIENCE, () -> site.text("api/manager/import/completed").equals("1"));
  }

  private String imported(String number) {
    return site.posted("api/manager/import/run?payload=" + number);
  }

  private List<Long> times(String what) {
    return site.lines("api/notes").stream()
        .filter(note -> note.startsWith(what + " "))
        .map(note -> Long.valueOf(note.substring(what.length() + 1)))
        .toList();
  }
}
