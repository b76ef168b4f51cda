package io.synchronik.impl.net;

import org.jspecify.annotations.Nullable;

/** Why a task was skipped or cancelled; each with its text, around the task that it names. */
public enum ReasonKind {
  /** There is none. */
  NONE(null, ""),
  /** Its unit is disabled. */
  DISABLED(null, "disabled"),
  /** The condition on that parent's result was false. */
  CONDITION_FALSE("condition false on ", ""),
  /** That parent failed. */
  PARENT_FAILED("", " failed"),
  /** That parent was skipped. */
  PARENT_SKIPPED("", " skipped"),
  /** That parent is disabled. */
  PARENT_DISABLED("", " disabled"),
  /** That parent was cancelled. */
  PARENT_CANCELED("", " cancelled"),
  /** That task did not succeed, and the policy is to stop. */
  STOPPED("stopped after ", ""),
  /** Somebody cancelled it. */
  CANCELED(null, "cancelled"),
  /** Somebody cancelled the run. */
  RUN_CANCELED(null, "the run was cancelled"),
  /** The run ended while it was active. */
  RUN_ENDED(null, "the run has ended"),
  /** No task could go on, and this one was not reached. */
  UNREACHED(null, "never reached");

  private static final ReasonKind[] ALL = values();

  /** Null when the reason names no task. */
  private final @Nullable String before;

  private final String after;

  ReasonKind(@Nullable String before, String after) {
    this.before = before;
    this.after = after;
  }

  static ReasonKind at(int ordinal) {
    return ALL[ordinal];
  }

  boolean names() {
    return before != null;
  }

  String text(String task) {
    return before == null ? after : before + task + after;
  }

  /**
   * Returns the task that a text of this kind names, empty when it names none, and null when it is
   * of another kind.
   */
  @Nullable String taskIn(String text) {
    if (before == null) {
      return text.equals(after) ? "" : null;
    }
    // Ids have no blanks, so that no text is of two kinds.
    boolean fits =
        text.startsWith(before)
            && text.endsWith(after)
            && text.length() > before.length() + after.length();
    String task = fits ? text.substring(before.length(), text.length() - after.length()) : " ";
    return task.indexOf(' ') < 0 ? task : null;
  }
}
