package io.synchronik.sample.campaign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.synchronik.item.ItemDecision;
import io.synchronik.item.ItemStanding;
import io.synchronik.item.ItemStatistics;
import io.synchronik.run.RunId;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MailingTest {
  private static final RunId RUN = new RunId("01RUN");

  private final Mailboxes mailboxes = new Mailboxes();

  @ParameterizedTest
  @CsvSource({"0,0", "5,10", "10,20", "11,22", "33,66", "100,200"})
  void hasExactlyItsShareOfFullMailboxes(int percent, int full) {
    assertThat(Mailing.DEFAULT.mails(RUN, percent)).filteredOn(Mailing.Mail::full).hasSize(full);
    assertThat(new Mailing(null, percent, null).mails(RUN, 5))
        .filteredOn(Mailing.Mail::full)
        .hasSize(full);
  }

  @Test
  void goesToEachReaderOnce() {
    assertThat(Mailing.DEFAULT.mails(RUN, 5))
        .hasSize(200)
        .extracting(Mailing.Mail::address)
        .doesNotHaveDuplicates();
    assertThat(new Mailing(7, null, null).mails(RUN, 5)).hasSize(7);
  }

  @Test
  void refusesWhatNobodyMeans() {
    assertThatThrownBy(() -> new Mailing(0, null, null)).hasMessageContaining("recipients");
    assertThatThrownBy(() -> new Mailing(null, 101, null)).hasMessageContaining("bouncePercent");
  }

  @Test
  void aFullMailboxHasRoomLater() throws IOException {
    Mailing.Mail mail = new Mailing.Mail("01RUN", "reader@example.org", true);

    assertThatThrownBy(() -> mailboxes.accept(mail))
        .isInstanceOf(IOException.class)
        .hasMessage("552 the mailbox of reader@example.org is full");
    assertThat(mailboxes.accept(mail)).isEqualTo("250 queued");
    assertThat(mailboxes.accept(new Mailing.Mail("01RUN", "other@example.org", false)))
        .startsWith("250");
  }

  @ParameterizedTest
  @CsvSource({"180,20,CONTINUE", "179,21,FAIL"})
  void endsWhenMoreThanATenthBounces(long completed, long failed, ItemDecision decision) {
    ItemStatistics statistics = new ItemStatistics(0, 0, completed, failed, 0);

    assertThat(new EmailCampaign().policy().decide(new ItemStanding(statistics, false, List.of())))
        .isEqualTo(decision);
  }
}
