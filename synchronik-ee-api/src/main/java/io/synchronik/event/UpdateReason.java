package io.synchronik.event;

/** What has changed about a unit. */
public enum UpdateReason {
  /** Its status. */
  STATUS_CHANGE,
  /** Its configuration, or whether it is enabled. */
  CONFIG_CHANGE
}
