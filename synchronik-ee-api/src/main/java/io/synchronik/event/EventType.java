package io.synchronik.event;

/** The types of events, as the journal names them. */
public enum EventType {
  /** The first attempt of a run has started. */
  START,
  /** A run has completed. */
  COMPLETE,
  /** The last attempt of a run has failed. */
  ERROR,
  /** A named fact. */
  MILESTONE,
  /** A unit's status or configuration has changed. */
  UPDATED,
  /** A run was not started. */
  SKIP,
  /** A run was cancelled. */
  CANCEL,
  /** An attempt has failed and another follows. */
  RETRY,
  /** A firing came later than its threshold. */
  MISFIRE,
  /** A single item of a run has failed, is tried again, was reset or was withdrawn. */
  ITEM
}
