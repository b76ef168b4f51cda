package io.synchronik.impl.store.jdbc;

import io.synchronik.impl.settings.Message;
import io.synchronik.run.SynchronikException;

/** A transaction was not begun: the database is away, and others try whether it is back. */
public final class DatabaseAway extends SynchronikException {
  private static final long serialVersionUID = 1L;

  public DatabaseAway(Throwable why) {
    super(Message.NOT_TRIED.with(StoreException.reason(why)), why);
  }
}
