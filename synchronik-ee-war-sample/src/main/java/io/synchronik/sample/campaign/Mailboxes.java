package io.synchronik.sample.campaign;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Stands for a mail server. A full mailbox has room again when the same email comes once more; one
 * that is gone stays so.
 */
@ApplicationScoped
class Mailboxes {
  private static final int REMEMBERED = 10_000;

  private final Set<Mailing.Mail> refused = ConcurrentHashMap.newKeySet();

  @Inject
  @ConfigProperty(name = "sample.campaign.effort-ms")
  int effortMillis;

  /** Returns what the server says to an email that it takes. */
  String deliver(Mailing.Mail mail) throws IOException, InterruptedException {
    Thread.sleep(effortMillis);
    return accept(mail);
  }

  String accept(Mailing.Mail mail) throws IOException {
    if (refused.size() > REMEMBERED) {
      refused.clear();
    }
    if (mail.gone()) {
      throw new NoMailboxException(mail.address());
    }
    if (mail.full() && refused.add(mail)) {
      throw new IOException("552 the mailbox of " + mail.address() + " is full");
    }
    refused.remove(mail);
    return "250 queued";
  }
}
