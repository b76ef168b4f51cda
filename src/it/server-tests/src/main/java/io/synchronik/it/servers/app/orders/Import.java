package io.synchronik.it.servers.app.orders;

import io.synchronik.worker.RunContext;
import io.synchronik.worker.Work;
import io.synchronik.worker.Worker;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.io.IOException;
import java.util.Objects;

/** Its rows and the completion of its run are one commit. */
@Worker(id = "import")
@Transactional
public class Import implements Work<Object> {
  /** What JSON-B cannot write: the run cannot complete with it. */
  public static final class Unwritable {
    public Unwritable getSelf() {
      return this;
    }
  }

  @Inject Orders orders;

  @Override
  public Object run(RunContext run) throws Exception {
    String number = Objects.requireNonNull(run.payload(String.class));
    orders.add(number);
    if (number.startsWith("unchecked")) {
      throw new IllegalStateException("thrown after the row was written");
    }
    if (number.startsWith("checked")) {
      throw new IOException("thrown after the row was written");
    }
    return number.startsWith("unwritable") ? new Unwritable() : "imported " + number;
  }
}
