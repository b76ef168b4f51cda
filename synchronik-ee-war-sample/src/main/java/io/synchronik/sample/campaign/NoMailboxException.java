package io.synchronik.sample.campaign;

import java.io.IOException;

/** A mail server knows nobody of that name: trying again is of no use. */
public class NoMailboxException extends IOException {
  private static final long serialVersionUID = 1L;

  NoMailboxException(String address) {
    super("550 there is no mailbox " + address);
  }
}
