package io.synchronik.it.servers.app.first;

import jakarta.ejb.Local;

/** What others see of {@link BillingBean}. */
@Local
public interface Billing {
  String bill();
}
