package io.synchronik.it.servers.app.bad;

import io.synchronik.worker.Worker;
import jakarta.enterprise.context.Dependent;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.util.concurrent.Callable;

@Dependent
public class BadMethods {
  @Worker(id = "private-method")
  @SuppressWarnings("UnusedMethod") // it should be, were it not private
  private void privateMethod() {}

  @Worker(id = "static-method")
  static void staticMethod() {}

  @Worker(id = "final-method")
  final void finalMethod() {}

  @Worker(id = "strange-parameter")
  void strangeParameter(Callable<Integer> nobodyMakesThis) {}

  @Worker(id = "own-transaction")
  @Transactional(TxType.REQUIRES_NEW)
  void ownTransaction() {}
}
