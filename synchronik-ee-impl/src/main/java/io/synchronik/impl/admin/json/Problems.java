package io.synchronik.impl.admin.json;

import io.synchronik.bulk.BulkCountException;
import io.synchronik.bulk.UnknownBulkException;
import io.synchronik.item.DuplicateItemException;
import io.synchronik.item.UnknownItemException;
import io.synchronik.node.UnknownNodeException;
import io.synchronik.pool.UnknownPoolException;
import io.synchronik.pool.UnknownTaskException;
import io.synchronik.run.EngineStoppedException;
import io.synchronik.run.InvalidConfigurationException;
import io.synchronik.run.InvalidPayloadException;
import io.synchronik.run.RunTimeoutException;
import io.synchronik.run.UnitNotRunnableException;
import io.synchronik.run.UnknownRunException;
import io.synchronik.run.UnknownUnitException;
import io.synchronik.run.WrongStateException;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the engine throws, as problems. Anything unexpected is logged and told by its reference. */
public final class Problems {
  private static final Logger LOG = LoggerFactory.getLogger(Problems.class);

  private Problems() {}

  public static ProblemJson of(Throwable thrown) {
    if (thrown instanceof ProblemException known) {
      return known.problem();
    }
    if (thrown instanceof InvalidConfigurationException wrong) {
      return ProblemJson.of(400, wrong.getMessage()).withField(wrong.field());
    }
    if (thrown instanceof InvalidPayloadException) {
      return ProblemJson.of(400, thrown.getMessage()).withField("payload");
    }
    int status = status(thrown);
    return status == 500 ? unexpected(thrown) : ProblemJson.of(status, thrown.getMessage());
  }

  private static int status(Throwable thrown) {
    if (thrown instanceof UnknownUnitException
        || thrown instanceof UnknownRunException
        || thrown instanceof UnknownItemException
        || thrown instanceof UnknownNodeException
        || thrown instanceof UnknownBulkException
        || thrown instanceof UnknownPoolException
        || thrown instanceof UnknownTaskException) {
      return 404;
    }
    if (thrown instanceof WrongStateException
        || thrown instanceof UnitNotRunnableException
        || thrown instanceof BulkCountException
        || thrown instanceof DuplicateItemException) {
      return 409;
    }
    if (thrown instanceof EngineStoppedException || thrown instanceof RunTimeoutException) {
      return 503;
    }
    return 500;
  }

  private static ProblemJson unexpected(Throwable thrown) {
    String reference = UUID.randomUUID().toString();
    LOG.error("A request to the admin resource failed, reference {}", reference, thrown);
    return ProblemJson.of(500, null).withReference(reference);
  }
}
