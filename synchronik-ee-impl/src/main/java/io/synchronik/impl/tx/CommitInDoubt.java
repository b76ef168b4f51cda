package io.synchronik.impl.tx;

import io.synchronik.impl.settings.DurationText;
import io.synchronik.impl.settings.Message;
import io.synchronik.run.SynchronikException;
import java.time.Duration;

/** Whether a transaction came true is not known, and will be only later. */
final class CommitInDoubt extends SynchronikException {
  private static final long serialVersionUID = 1L;

  CommitInDoubt(Duration asked, Throwable cause) {
    super(Message.COMMIT_IN_DOUBT.with(DurationText.write(asked)), cause);
  }
}
