package io.synchronik.sample.billing;

import static org.assertj.core.api.Assertions.assertThat;

import io.synchronik.item.ItemSummary;
import io.synchronik.run.RunId;
import java.math.BigDecimal;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class BillingSummaryTest {
  @Test
  void tellsWhatABillingCameTo() {
    BillingSummary.View view =
        new BillingSummary(
                new RunId("01RUN"),
                437,
                new BigDecimal("200100.50"),
                new ItemSummary(450, 437, 13, 0),
                Instant.EPOCH)
            .view();

    assertThat(view.run()).isEqualTo("01RUN");
    assertThat(view)
        .hasToString("437 invoices, 200100.50 in total; 13 customers could not be billed");
  }
}
