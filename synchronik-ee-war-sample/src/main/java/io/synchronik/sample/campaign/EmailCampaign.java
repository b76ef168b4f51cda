package io.synchronik.sample.campaign;

import io.synchronik.item.ItemContext;
import io.synchronik.item.ItemPolicy;
import io.synchronik.item.ItemWork;
import io.synchronik.item.Items;
import io.synchronik.worker.RunContext;
import io.synchronik.worker.Worker;
import jakarta.inject.Inject;
import java.io.IOException;
import java.util.Objects;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Sends an email to every reader, each at least once and outside any transaction. When more than a
 * tenth of them cannot be delivered, something is wrong with the list, and the campaign ends.
 */
// tag::items[]
@Worker(id = "email-campaign", name = "Email Campaign")
public class EmailCampaign implements ItemWork<Mailing.Mail, String> {
  @Inject Mailboxes mailboxes;

  @Inject
  @ConfigProperty(name = "sample.campaign.bounce-percent")
  int bouncePercent;

  @Override
  public void enumerate(Items<Mailing.Mail> items, RunContext run) {
    Mailing mailing = Objects.requireNonNullElse(run.payload(Mailing.class), Mailing.DEFAULT);
    mailing.mails(run.run(), bouncePercent).forEach(mail -> items.add(mail.address(), mail));
    if (Boolean.TRUE.equals(mailing.open())) {
      items.keepOpen();
    }
  }

  @Override
  public String process(Mailing.Mail mail, ItemContext item)
      throws IOException, InterruptedException {
    return mailboxes.deliver(mail);
  }

  @Override
  public ItemPolicy policy() {
    return ItemPolicy.failAbove(10);
  }
}
// end::items[]
