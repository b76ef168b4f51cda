package io.synchronik.impl.audit;

import java.util.Locale;

/** What is done to something. */
public enum Action {
  ADD,
  ADD_ITEMS,
  ANNOUNCE,
  BULK,
  BULK_ENDED,
  CANCEL,
  CLOSE_ITEMS,
  COMPLETE,
  CONFIGURE,
  CREATE,
  DISABLE,
  DRAIN,
  ENABLE,
  FAIL,
  PAUSE,
  RELEASE,
  RESET,
  RESIZE,
  RESUME,
  RETRY,
  RETRY_ITEMS,
  RUN,
  START,
  START_ALL,
  STATUS,
  STOP,
  STOP_ALL,
  UPDATE;

  /** Returns it as it is written down. */
  public String text() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
