package io.synchronik.it.servers;

import static org.assertj.core.api.Assertions.assertThat;

import io.synchronik.it.servers.Site.Reply;
import io.synchronik.it.testkit.Await;
import io.synchronik.it.testkit.Probe;
import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.File;
import java.io.StringReader;
import java.math.BigDecimal;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.importer.ZipImporter;
import org.jboss.shrinkwrap.api.spec.JavaArchive;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The sample as it is, but for its pace. Its database may have seen earlier tests. */
@ExtendWith(ArquillianExtension.class)
@RunAsClient
class SampleIT {
  private static final int OWING = 450;
  private static final int WITHOUT_ADDRESS = 13;

  @Deployment(testable = false)
  static WebArchive war() {
    JavaArchive settings =
        ShrinkWrap.create(JavaArchive.class, "settings.jar")
            .addAsResource(
                new StringAsset(
                    """
                    config_ordinal=200
                    sample.campaign.effort-ms=20
                    synchronik.unit."archive-books".every=off
                    synchronik.unit."data-ingestion-worker".every=off
                    synchronik.unit."health-monitor".every=off
                    synchronik.unit."month-end".every=off
                    synchronik.unit."order-covers".every=off
                    synchronik.unit."polite-scraper".every=off
                    synchronik.unit."projectile-lecture".every=off
                    synchronik.unit."ratings-pipeline".every=off
                    synchronik.unit."simple-logger-worker".every=off
                    synchronik.unit."stock-report".every=off
                    synchronik.unit."stock-take".every=off
                    """),
                "META-INF/microprofile-config.properties");
    return ShrinkWrap.create(ZipImporter.class, "sample.war")
        .importFrom(new File(System.getProperty("sample.war")))
        .as(WebArchive.class)
        .addAsLibrary(settings);
  }

  @ArquillianResource URL base;
  private Site visitor;
  private Site viewer;
  private Site admin;

  @BeforeEach
  void sites() {
    visitor = Site.at(base);
    viewer = visitor.as("viewer");
    admin = visitor.as("admin").with("X-Synchronik", "1").with("Content-Type", "application/json");
  }

  private static JsonObject object(String json) {
    try (JsonReader reader = Json.createReader(new StringReader(json))) {
      return reader.readObject();
    }
  }

  private JsonObject books() {
    return object(visitor.text("api/billing"));
  }

  private static BigDecimal number(JsonObject json, String field) {
    return json.getJsonNumber(field).bigDecimalValue();
  }

  /** Runs a unit to its end. */
  private JsonObject run(String unit, String body) {
    String id =
        object(admin.send("POST", "api/synchronik/units/" + unit + "/runs", body).body())
            .getString("id");
    Await.until(Probe.PATIENCE, () -> show(id).containsKey("endedAt"));
    return show(id);
  }

  private JsonObject show(String run) {
    return object(viewer.text("api/synchronik/runs/" + run));
  }

  private JsonObject statistics(String run) {
    return object(viewer.text("api/synchronik/runs/" + run + "/items/statistics"))
        .getJsonObject("statistics");
  }

  private JsonObject invoicing(String billing) {
    JsonArray nodes =
        object(viewer.text("api/synchronik/runs/" + billing + "/graph")).getJsonArray("nodes");
    return statistics(nodes.getJsonObject(0).getString("run"));
  }

  @Test
  void everyCustomerIsBilledOnce() {
    assertThat(admin.post("api/billing/charges").status()).isEqualTo(200);
    JsonObject before = books();
    assertThat(before.getInt("customers")).isEqualTo(500);
    assertThat(before.getInt("due")).isEqualTo(OWING);

    JsonObject billing = run("billing", "{}");

    String id = billing.getString("id");
    assertThat(billing.getString("state")).isEqualTo("completed");
    JsonObject items = invoicing(id);
    assertThat(items.getInt("total")).isEqualTo(OWING);
    assertThat(items.getInt("completed")).isEqualTo(OWING - WITHOUT_ADDRESS);
    assertThat(items.getInt("failed")).isEqualTo(WITHOUT_ADDRESS);
    JsonObject after = books();
    assertThat(after.getInt("invoices") - before.getInt("invoices"))
        .isEqualTo(OWING - WITHOUT_ADDRESS);
    assertThat(after.getInt("due")).isZero();
    assertThat(after.getInt("onHold")).isEqualTo(WITHOUT_ADDRESS);
    JsonObject summary = after.getJsonArray("billings").getJsonObject(0);
    assertThat(summary.getString("run")).isEqualTo(id);
    assertThat(summary.getInt("invoices")).isEqualTo(OWING - WITHOUT_ADDRESS);
    assertThat(summary.getInt("failed")).isEqualTo(WITHOUT_ADDRESS);
    assertThat(number(summary, "total"))
        .isEqualByComparingTo(number(before, "balance").subtract(number(after, "balance")));
    assertEachOnce(id, number(summary, "total"));
    assertNothingIsLeft(after);
  }

  private void assertEachOnce(String billing, BigDecimal total) {
    List<JsonObject> invoices;
    try (JsonReader reader =
        Json.createReader(new StringReader(visitor.text("api/billing/" + billing + "/invoices")))) {
      invoices = reader.readArray().getValuesAs(JsonObject.class);
    }
    assertThat(invoices)
        .hasSize(OWING - WITHOUT_ADDRESS)
        .extracting(invoice -> invoice.getString("customer"))
        .doesNotHaveDuplicates();
    assertThat(
            invoices.stream()
                .map(invoice -> number(invoice, "amount"))
                .reduce(BigDecimal.ZERO, BigDecimal::add))
        .isEqualByComparingTo(total);
  }

  private void assertNothingIsLeft(JsonObject before) {
    JsonObject second = run("billing", "{}");

    assertThat(second.getString("state")).isEqualTo("completed");
    assertThat(invoicing(second.getString("id")).getInt("total")).isZero();
    JsonObject after = books();
    assertThat(after.getInt("invoices")).isEqualTo(before.getInt("invoices"));
    assertThat(number(after, "balance")).isEqualByComparingTo(number(before, "balance"));
    assertThat(after.getJsonArray("billings").getJsonObject(0).getInt("invoices")).isZero();
  }

  @Test
  void aMonthPassesForAdminsOnly() {
    int before = books().getInt("due");

    assertThat(visitor.with("X-Synchronik", "1").post("api/billing/charges").status())
        .isEqualTo(401);
    assertThat(viewer.with("X-Synchronik", "1").post("api/billing/charges").status())
        .isEqualTo(403);
    assertThat(visitor.as("admin").post("api/billing/charges").status()).isEqualTo(403);
    assertThat(viewer.with("X-Synchronik", "1").post("api/billing/addresses").status())
        .isEqualTo(403);

    assertThat(books().getInt("due")).isEqualTo(before);
  }

  @Test
  void theDashboardIsServedToAnybodyUnderAStrictPolicy() {
    Reply moved = visitor.get("synchronik");
    assertThat(moved.status()).isEqualTo(302);
    assertThat(moved.headers().firstValue("Location").orElse("")).endsWith("synchronik/");

    for (String file : List.of("", "index.html", "main.js", "dashboard.css", "config.json")) {
      Reply reply = visitor.get("synchronik/" + file);
      assertThat(reply.status()).as(file).isEqualTo(200);
      assertThat(reply.headers().firstValue("Content-Security-Policy").orElse(""))
          .as(file)
          .startsWith("default-src 'self'")
          .doesNotContain("unsafe");
      assertThat(reply.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
    }
    assertThat(visitor.text("synchronik/config.json")).isEqualTo("{\"api\":\"../api/synchronik\"}");
    assertThat(visitor.text("synchronik/index.html"))
        .doesNotContain("style=")
        .doesNotContainPattern("<script(?![^>]* src=)");
    for (String none : List.of("nothing.js", "../WEB-INF/web.xml", "page/main.js", "main.js.map")) {
      assertThat(visitor.get("synchronik/" + none).status()).as(none).isGreaterThanOrEqualTo(400);
    }
  }

  @Test
  void eachFormOfAFileOfTheDashboardHasATagOfItsOwn() {
    String file = "synchronik/main.js";
    Site zips = visitor.with("Accept-Encoding", "gzip");
    String plain = visitor.tag(file);
    String zipped = zips.tag(file);

    assertThat(zipped).isNotEqualTo(plain);
    assertThat(zips.with("If-None-Match", zipped).get(file).status()).isEqualTo(304);
    assertThat(visitor.with("If-None-Match", plain).get(file).status()).isEqualTo(304);
    assertThat(zips.with("If-None-Match", plain).get(file).status()).isEqualTo(200);
  }

  @Test
  void aSessionSaysWhoAsks() {
    JsonObject session = object(viewer.text("api/synchronik/session"));

    assertThat(session.getString("user")).isEqualTo("viewer");
    assertThat(session.getString("role")).isEqualTo("viewer");
    assertThat(session.getBoolean("payloads")).isFalse();
    assertThat(object(admin.text("api/synchronik/session")).getString("role")).isEqualTo("admin");
    assertThat(visitor.get("api/synchronik/session").status()).isEqualTo(401);
    assertThat(viewer.text("api/synchronik/session/enter")).contains("url=../../../synchronik/");
    assertThat(visitor.get("api/synchronik/session/enter").status()).isEqualTo(401);
  }

  @Test
  void credentialsThatAreNoneAreRefusedWithoutATrace() {
    for (String header :
        List.of(
            "Basic",
            "Basic " + encoded("viewer"),
            "Basic " + encoded("viewer:"),
            "Basic " + encoded(":"),
            "Basic " + encoded("viewer:wrong"),
            "Basic %%%",
            "Basic dmlld2VyO",
            "Bearer xyz")) {
      Site stranger = visitor.with("Authorization", header);
      for (String path : List.of("api/synchronik/units", "api/synchronik/nothing")) {
        Reply reply = stranger.get(path);
        assertThat(reply.status()).as("%s: %s", header, reply).isEqualTo(401);
        assertThat(reply.challenges()).containsExactly("Basic realm=\"Synchronik sample\"");
        assertThat(reply.showsTrace()).as("%s: %s", header, reply).isFalse();
      }
      assertThat(stranger.get("index.html").status()).as(header).isEqualTo(200);
      assertThat(stranger.get("nothing").status()).as(header).isEqualTo(404);
      assertThat(stranger.get("nothing").showsTrace()).as(header).isFalse();
    }
    assertThat(visitor.get("api/synchronik/units").challenges())
        .containsExactly("Basic realm=\"Synchronik sample\"");
  }

  private static String encoded(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  @Test
  void aCampaignStandsSomeBounces() {
    JsonObject campaign = run("email-campaign", "{}");

    assertThat(campaign.getString("state")).isEqualTo("completed");
    JsonObject items = statistics(campaign.getString("id"));
    assertThat(items.getInt("completed")).isEqualTo(190);
    assertThat(items.getInt("failed")).isEqualTo(10);
  }

  @Test
  void aCampaignWithTooManyBouncesFails() {
    JsonObject campaign = run("email-campaign", "{\"payload\":{\"bouncePercent\":20}}");

    assertThat(campaign.getString("state")).isEqualTo("failed");
    JsonObject items = statistics(campaign.getString("id"));
    assertThat(items.getInt("total")).isEqualTo(200);
    assertThat(items.getInt("failed")).isBetween(21, 40);
    assertThat(items.getInt("initialized") + items.getInt("started")).isZero();
  }
}
