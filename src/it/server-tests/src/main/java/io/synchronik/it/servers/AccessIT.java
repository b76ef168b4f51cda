package io.synchronik.it.servers;

import static org.assertj.core.api.Assertions.assertThat;

import io.synchronik.it.servers.Site.Reply;
import java.net.URL;
import java.util.List;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Who gets what from the admin resource, with the application's own users. */
@ExtendWith(ArquillianExtension.class)
@RunAsClient
class AccessIT {
  private static final String PROBLEM = "application/problem+json";
  private static final String PAUSE = "api/synchronik/units/idle/pause";
  private static final List<String> READABLE =
      List.of(
          "api/synchronik/units",
          "api/synchronik/units/idle",
          "api/synchronik/units/idle/runs",
          "api/synchronik/runs",
          "api/synchronik/events",
          "api/synchronik/pools",
          "api/synchronik/engine",
          "api/synchronik/failures",
          "api/synchronik/audit",
          "api/synchronik/openapi");

  @Deployment(testable = false)
  static WebArchive war() {
    return Wars.withPlugin("access", "access");
  }

  @ArquillianResource URL base;
  private Site nobody;
  private Site guest;
  private Site viewer;
  private Site admin;

  @BeforeEach
  void sites() {
    nobody = Site.at(base);
    guest = nobody.as("guest");
    viewer = nobody.as("viewer");
    admin = nobody.as("admin");
  }

  @Test
  void readingNeedsARole() {
    for (String path : READABLE) {
      assertThat(nobody.get(path).status()).as("nobody %s", path).isEqualTo(401);
      assertThat(nobody.as("stranger").get(path).status()).as("stranger %s", path).isEqualTo(401);
      assertThat(guest.get(path).status()).as("guest %s", path).isEqualTo(403);
      assertThat(viewer.get(path).status()).as("viewer %s", path).isEqualTo(200);
      assertThat(admin.get(path).status()).as("admin %s", path).isEqualTo(200);
    }
  }

  @Test
  void refusalsAreProblems() {
    assertThat(nobody.get(READABLE.get(0)).type()).isEqualTo(PROBLEM);
    assertThat(guest.get(READABLE.get(0)).type()).isEqualTo(PROBLEM);
    assertThat(own(viewer).post(PAUSE).type()).isEqualTo(PROBLEM);
  }

  @Test
  void refusalsAskForTheLoginThatIsThere() {
    for (String path : List.of(READABLE.get(0), "api/synchronik/nothing")) {
      assertThat(nobody.get(path).challenges()).containsExactly("Basic realm=\"access\"");
      assertThat(nobody.as("stranger").get(path).challenges())
          .containsExactly("Basic realm=\"access\"");
      assertThat(guest.get(path).challenges()).isEmpty();
    }
    assertThat(own(nobody).post(PAUSE).challenges()).containsExactly("Basic realm=\"access\"");
  }

  @Test
  void aWrongPasswordIsAnsweredSoWhateverIsAskedFor() {
    Site stranger = nobody.as("stranger");
    Site picky = stranger.with("Accept", "image/png");
    for (Reply reply :
        List.of(
            stranger.get("api/synchronik/nothing"),
            stranger.get("api/synchronik/units/idle/nothing/at/all"),
            stranger.get("api/synchronik/units/no-such"),
            stranger.send("DELETE", "api/synchronik/units", ""),
            own(stranger).post("api/synchronik/runs"),
            stranger.send("OPTIONS", "api/synchronik/units", ""),
            stranger.send("HEAD", "api/synchronik/nothing", ""),
            picky.get("api/synchronik/units"),
            json(stranger).send("PATCH", "api/synchronik/units/idle/config", "{"))) {
      assertThat(reply.status()).as(reply.toString()).isEqualTo(401);
      assertThat(reply.showsTrace()).as(reply.toString()).isFalse();
    }
  }

  @Test
  void changingNeedsTheAdminRole() {
    assertThat(own(nobody).post(PAUSE).status()).isEqualTo(401);
    assertThat(own(guest).post(PAUSE).status()).isEqualTo(403);
    assertThat(own(viewer).post(PAUSE).status()).isEqualTo(403);
    assertThat(nobody.text("api/manager/idle/paused")).isEqualTo("false");

    assertThat(own(admin).post(PAUSE).status()).isEqualTo(200);

    assertThat(nobody.text("api/manager/idle/paused")).isEqualTo("true");
    Reply resumed = own(admin).post("api/synchronik/units/idle/resume");
    assertThat(resumed.status()).isEqualTo(200);
    assertThat(resumed.type()).isEqualTo("application/json");
    assertThat(nobody.text("api/manager/idle/paused")).isEqualTo("false");
  }

  @Test
  void aRequestThatAnotherSiteCouldForgeIsRefused() {
    assertThat(admin.post(PAUSE).status()).isEqualTo(403);
    assertThat(nobody.text("api/manager/idle/paused")).isEqualTo("false");
  }

  @Test
  void runsAreStartedByAdminsAndTheirResultsAreForAdmins() {
    String id = nobody.posted("api/manager/idle/run").lines().toList().get(2);

    assertThat(admin.text("api/synchronik/runs/" + id)).contains("secret result");
    assertThat(viewer.text("api/synchronik/runs/" + id)).doesNotContain("secret result");
    assertThat(viewer.text("api/synchronik/units/idle/runs")).doesNotContain("secret result");
    Reply run = own(admin).post("api/synchronik/units/idle/runs");
    assertThat(run.status()).as(run.body()).isIn(201, 202);
  }

  @Test
  void poolsAreForViewersToSeeAndForAdminsToChange() {
    String path = "api/synchronik/pools/errands";
    String size = "{\"size\":2}";
    assertThat(json(nobody).send("PUT", path, size).status()).isEqualTo(401);
    assertThat(json(viewer).send("PUT", path, size).status()).isEqualTo(403);
    assertThat(viewer.get(path).status()).isEqualTo(404);

    assertThat(json(admin).send("PUT", path, size).body()).contains("\"size\":2");
    Reply wrong = json(admin).send("PUT", path, "{\"size\":0}");
    assertThat(wrong.status()).isEqualTo(400);
    assertThat(wrong.type()).isEqualTo(PROBLEM);
    assertThat(wrong.body()).contains("\"code\":\"SYNC-0101\"", "\"field\":\"size\"");
    String task = "{\"name\":\"a\",\"worker\":\"idle\",\"payload\":\"secret errand\"}";
    assertThat(json(viewer).send("POST", path + "/tasks", task).status()).isEqualTo(403);
    assertThat(json(admin).send("POST", path + "/tasks", task).status()).isEqualTo(201);

    assertThat(admin.text(path + "/tasks/1")).contains("secret errand", "\"durable\":true");
    assertThat(viewer.text(path + "/tasks/1")).doesNotContain("secret errand");
    assertThat(viewer.text(path + "/tasks")).contains("\"name\":\"a\"");
    assertThat(viewer.text(path + "/simulation")).contains("\"text\":\"");
    assertThat(own(viewer).post(path + "/tasks/1/cancel").status()).isEqualTo(403);
    assertThat(viewer.get(path + "/tasks/2").status()).isEqualTo(404);
  }

  @Test
  void whoDidWhatAndWhyIsWrittenDown() {
    Site because = own(admin).with("X-Synchronik-Reason", "%C3%85se says so");
    assertThat(because.post("api/synchronik/milestones/told").status()).isEqualTo(204);
    assertThat(own(admin).with("X-Synchronik-Reason", "%").post(PAUSE).status()).isEqualTo(400);

    assertThat(admin.text("api/synchronik/audit?target=told"))
        .contains("\"by\":\"admin\"", "\"address\":\"127.0.0.1\"", "\"action\":\"announce\"")
        .contains("\"kind\":\"milestone\"", "\"reason\":\"Åse says so\"");
    assertThat(viewer.text("api/synchronik/audit?target=told"))
        .contains("\"by\":\"admin\"")
        .doesNotContain("127.0.0.1");
    assertThat(admin.text("api/synchronik/audit?target=idle&action=pause&by=nobody"))
        .contains("\"items\":[]");
  }

  @Test
  void whatIsNotThereIsAProblemToo() {
    Reply unknown = viewer.get("api/synchronik/units/nothing");

    assertThat(unknown.status()).isEqualTo(404);
    assertThat(unknown.type()).isEqualTo(PROBLEM);
    assertThat(unknown.body()).contains("nothing").doesNotContain("io.synchronik");
  }

  @Test
  void theApplicationsOwnResourcesStayOpen() {
    assertThat(nobody.get("api/notes").status()).isEqualTo(200);
  }

  private static Site json(Site site) {
    return site.with("Content-Type", "application/json");
  }

  private static Site own(Site site) {
    return site.with("X-Synchronik", "1");
  }
}
