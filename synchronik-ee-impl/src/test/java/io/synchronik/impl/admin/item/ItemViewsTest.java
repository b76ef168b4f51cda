package io.synchronik.impl.admin.item;

import static org.assertj.core.api.Assertions.assertThat;

import io.synchronik.impl.admin.json.RecordJson;
import io.synchronik.impl.admin.json.Sight;
import io.synchronik.impl.admin.unit.Samples;
import org.junit.jupiter.api.Test;

/** What items look like, and what only some may see of them. */
class ItemViewsTest {
  @Test
  void showsAdminsAllOfAnItem() {
    assertThat(RecordJson.write(ItemJson.of(Samples.failedItem(), new Sight(true, true))))
        .isEqualTo(
            """
            {"id":"17-4005","run":"01RUN","state":"failed","key":"customer-7","mutex":"account-7","priority":3,\
            "deadline":"2030-01-31T08:01:00Z","startedAt":"2030-01-31T08:00:00Z",\
            "endedAt":"2030-01-31T08:00:00.040Z","durationMs":40,"attempt":2,"by":"node-1",\
            "failure":{"type":"acme.FeedDown","message":"customer 7 is secret",\
            "stackTrace":"at acme.Feed"},"payload":{"customer":7},"result":[1]}\
            """);
  }

  @Test
  void showsViewersNothingThatTheWorkTouched() {
    assertThat(RecordJson.write(ItemJson.of(Samples.failedItem(), new Sight(false, true))))
        .contains("\"id\":\"17-4005\"", "\"failure\":{\"type\":\"acme.FeedDown\"}")
        .doesNotContain("customer", "\"key\"", "payload", "result", "stackTrace");
  }

  @Test
  void keepsListsOfItemsSmall() {
    assertThat(RecordJson.write(ItemJson.of(Samples.failedItem(), new Sight(true, false))))
        .contains("\"key\":\"customer-7\"", "customer 7 is secret")
        .doesNotContain("payload", "\"result\"", "stackTrace");
  }

  @Test
  void showsHowARunStands() {
    assertThat(RecordJson.write(ItemRunJson.of(Samples.itemRun())))
        .isEqualTo(
            """
            {"run":"01RUN","unit":"generate-invoices","state":"running","open":true,\
            "statistics":{"total":100,"initialized":5,"started":2,"completed":90,"failed":3,\
            "canceled":0},"perSecond":9.3,"elapsedMs":10000,\
            "estimatedEnd":"2030-01-31T08:00:00Z","repeated":0}\
            """);
  }
}
