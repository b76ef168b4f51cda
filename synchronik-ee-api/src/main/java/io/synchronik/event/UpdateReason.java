package io.synchronik.event;

/** What has changed about a unit. */
public enum UpdateReason {
  /** Its status. */
  STATUS_CHANGE,
  /** Its configuration, or whether it is enabled. */
  CONFIG_CHANGE,
  /** A run of the process has moved on: workers of it have ended. */
  PROGRESS
}
