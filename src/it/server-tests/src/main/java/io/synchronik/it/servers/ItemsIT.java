package io.synchronik.it.servers;

import static org.assertj.core.api.Assertions.assertThat;

import io.synchronik.it.servers.Site.Reply;
import io.synchronik.it.testkit.Await;
import io.synchronik.it.testkit.Probe;
import java.net.URL;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Work items through the admin resource. */
@ExtendWith(ArquillianExtension.class)
@RunAsClient
class ItemsIT {
  private static final String RUNS = "api/synchronik/runs/";
  private static final String ITEMS = "api/synchronik/items/";
  private static final Pattern ID = Pattern.compile("\"(\\d+-\\d+)\"");

  @Deployment(testable = false)
  static WebArchive war() {
    return Wars.withPlugin("items", "access");
  }

  @ArquillianResource URL base;
  private Site viewer;
  private Site reader;
  private Site admin;
  private String run;

  /** Each test has an open run without items. */
  @BeforeEach
  void begin() {
    viewer = Site.at(base).as("viewer");
    reader = Site.at(base).as("admin");
    admin = reader.with("X-Synchronik", "1").with("Content-Type", "application/json");
    Reply created = admin.send("POST", "api/synchronik/units/letters/runs", "{}");
    Matcher id = Pattern.compile("\"id\":\"([^\"]+)\"").matcher(created.body());
    assertThat(id.find()).as(created.body()).isTrue();
    run = RUNS + id.group(1);
    Await.until(
        Probe.PATIENCE,
        () -> viewer.get(run + "/items/statistics").body().contains("\"open\":true"));
  }

  @AfterEach
  void end() {
    admin.post(run + "/cancel");
    Await.until(Probe.PATIENCE, () -> viewer.text(run).contains("\"endedAt\""));
  }

  private List<String> add(String body) {
    Reply reply = admin.send("POST", run + "/items", body);
    assertThat(reply.status()).as(reply.body()).isEqualTo(201);
    List<String> ids = new ArrayList<>();
    Matcher id = ID.matcher(reply.body());
    while (id.find()) {
      ids.add(id.group(1));
    }
    return ids;
  }

  private void assertStatistics(String expected) {
    assertThat(viewer.text(run + "/items/statistics")).contains(expected);
  }

  private void assertRefused(int status, String path, String body, String told) {
    Reply reply = admin.send("POST", path, body);
    assertThat(reply.status()).as("%s %s: %s", path, body, reply.body()).isEqualTo(status);
    assertThat(reply.type()).isEqualTo("application/problem+json");
    assertThat(reply.body()).contains(told);
  }

  @Test
  void peopleWorkOnItems() {
    List<String> ids =
        add(
            """
            [{"payload":{"number":1,"to":"Kari"},"key":"one"},{"payload":{"number":2},"priority":5},
             {"payload":{"number":3}},{"payload":{"number":4}}]\
            """);
    assertThat(ids).hasSize(4);
    ids.forEach(
        id -> assertThat(admin.posted(ITEMS + id + "/start")).contains("\"state\":\"started\""));
    assertThat(admin.send("POST", ITEMS + ids.get(0) + "/complete", "{\"result\":[7]}").body())
        .contains("\"state\":\"completed\"", "\"result\":[7]", "\"by\":");
    assertThat(admin.send("POST", ITEMS + ids.get(1) + "/fail", "{\"reason\":\"no ink\"}").body())
        .contains("\"state\":\"failed\"", "no ink");
    assertThat(admin.posted(ITEMS + ids.get(2) + "/reset")).contains("\"state\":\"initialized\"");
    assertThat(admin.posted(ITEMS + ids.get(2) + "/cancel")).contains("cancelled by admin");
    assertStatistics(
        "\"total\":4,\"initialized\":0,\"started\":1,\"completed\":1,\"failed\":1,\"canceled\":1");

    assertThat(reader.text(run + "/items?state=failed&failure=ink")).contains(ids.get(1));
    assertThat(reader.text(run + "/items?failure=paper")).isEqualTo("{\"items\":[]}");
    assertThat(admin.send("POST", run + "/items/retry", "{\"failure\":\"paper\"}").body())
        .isEqualTo("{\"retried\":0}");
    assertThat(admin.posted(run + "/items/retry")).isEqualTo("{\"retried\":1}");
    assertStatistics("\"initialized\":1,\"started\":1,\"completed\":1,\"failed\":0");
    admin.posted(ITEMS + ids.get(1) + "/start");
    admin.posted(ITEMS + ids.get(1) + "/complete");
    admin.posted(ITEMS + ids.get(3) + "/complete");

    assertThat(admin.posted(run + "/items/close")).contains("\"open\":false");
    Await.until(Probe.PATIENCE, () -> viewer.text(run).contains("\"state\":\"completed\""));
    assertRefused(409, run + "/items", "[{\"payload\":{\"number\":5}}]", "SYNC-0085");
    assertRefused(409, ITEMS + ids.get(0) + "/start", "", "SYNC-0091");
    assertStatistics("\"total\":4,");
  }

  @Test
  void itemsAreListedByPages() {
    List<String> ids = add("[{\"key\":\"a\"},{\"key\":\"b\"},{\"key\":\"c\"}]");

    String first = reader.text(run + "/items?limit=2");
    assertThat(first).contains(ids.get(0), ids.get(1)).doesNotContain(ids.get(2));
    Matcher next = Pattern.compile("\"next\":\"([^\"]+)\"").matcher(first);
    assertThat(next.find()).isTrue();
    assertThat(reader.text(run + "/items?limit=2&cursor=" + next.group(1)))
        .contains(ids.get(2))
        .doesNotContain(ids.get(1), "next");
    for (String wrong :
        List.of("limit=-1", "limit=0", "limit=1001", "limit=x", "cursor=x", "state=done")) {
      assertThat(reader.get(run + "/items?" + wrong).status()).as(wrong).isEqualTo(400);
    }
  }

  @Test
  void wrongInputChangesNothing() {
    String known = add("[{\"payload\":{\"number\":1},\"key\":\"one\"}]").get(0);
    String items = run + "/items";

    assertRefused(400, items, "[{\"key\":\"two\"}", "\"field\":\"body\"");
    assertRefused(400, items, "{\"key\":\"two\"}", "\"field\":\"body\"");
    assertRefused(400, items, "[{\"key\":\"two\"},{\"kay\":\"x\"}]", "\"field\":\"[1].kay\"");
    assertRefused(400, items, "[{\"key\":\"two\"},{\"priority\":0.5}]", "[1].priority");
    assertRefused(400, items, "[{\"key\":\"two\"},{\"payload\":[1]}]", "\"field\":\"payload\"");
    assertRefused(409, items, "[{\"key\":\"two\"},{\"key\":\"one\"}]", "SYNC-0086");
    assertRefused(409, items, "[{\"key\":\"two\"},{\"key\":\"two\"}]", "SYNC-0086");
    assertRefused(413, items, "[{\"payload\":{\"to\":\"" + "x".repeat(70_000) + "\"}}]", "413");
    assertRefused(404, RUNS + "nothing/items", "[{}]", "404");
    assertRefused(404, RUNS + "nothing/items/close", "", "404");
    assertRefused(404, RUNS + "nothing/items/retry", "", "404");
    assertRefused(400, items + "/close", "{\"now\":true}", "\"field\":\"now\"");
    assertRefused(400, items + "/retry", "{\"failure\":1}", "\"field\":\"failure\"");
    assertRefused(404, ITEMS + "seven/start", "", "404");
    assertRefused(404, ITEMS + known + "0000000/start", "", "SYNC-0087");
    assertRefused(409, ITEMS + known + "/complete", "", "SYNC-0089");
    assertRefused(409, ITEMS + known + "/reset", "", "SYNC-0089");
    assertRefused(409, ITEMS + known + "/retry", "", "SYNC-0089");
    assertRefused(400, ITEMS + known + "/fail", "", "\"field\":\"reason\"");
    assertRefused(400, ITEMS + known + "/cancel", "{\"reason\":\"\\u0000\"}", "reason");
    assertThat(viewer.get(RUNS + "nothing/items").status()).isEqualTo(404);
    assertThat(viewer.get(RUNS + "nothing/items/statistics").status()).isEqualTo(404);
    assertThat(viewer.get(ITEMS + "0-1").status()).isEqualTo(404);
    assertThat(viewer.get(ITEMS + "999999-1").status()).isEqualTo(404);

    assertStatistics("\"total\":1,\"initialized\":1,");
  }

  @Test
  void viewersSeeNoPayloadsAndChangeNothing() {
    String id = add("[{\"payload\":{\"to\":\"secret\"},\"key\":\"secret key\"}]").get(0);
    admin.posted(ITEMS + id + "/start");
    admin.send("POST", ITEMS + id + "/fail", "{\"reason\":\"secret reason\"}");

    assertThat(reader.text(ITEMS + id)).contains("secret\"", "secret key", "secret reason");
    assertThat(viewer.text(ITEMS + id)).contains("failed").doesNotContain("secret");
    assertThat(viewer.text(run + "/items")).contains(id).doesNotContain("secret");
    assertThat(viewer.get(run + "/items?failure=secret").status()).isEqualTo(403);
    Site own = viewer.with("X-Synchronik", "1");
    for (String path : List.of(run + "/items/close", run + "/items/retry", ITEMS + id + "/retry")) {
      assertThat(own.post(path).status()).as(path).isEqualTo(403);
      assertThat(Site.at(base).with("X-Synchronik", "1").post(path).status()).isEqualTo(401);
      assertThat(reader.post(path).status()).as("forged %s", path).isEqualTo(403);
    }
    assertStatistics("\"failed\":1");
  }

  @Test
  void aRunWithoutItemsHasNone() {
    String plain = Site.at(base).posted("api/manager/idle/run").lines().toList().get(2);

    assertThat(viewer.get(RUNS + plain + "/items").status()).isEqualTo(409);
    assertThat(viewer.get(RUNS + plain + "/items/statistics").status()).isEqualTo(409);
    assertRefused(409, RUNS + plain + "/items", "[{}]", "SYNC-0088");
    assertRefused(409, RUNS + plain + "/items/close", "", "SYNC-0088");
    assertRefused(409, RUNS + plain + "/items/retry", "", "SYNC-0088");
  }
}
