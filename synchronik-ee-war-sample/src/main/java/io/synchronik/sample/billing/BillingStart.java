package io.synchronik.sample.billing;

import jakarta.inject.Inject;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.annotation.WebListener;

/** Makes the customers at the first start. */
@WebListener
public class BillingStart implements ServletContextListener {
  @Inject Ledger ledger;

  @Override
  public void contextInitialized(ServletContextEvent event) {
    ledger.open();
  }
}
