package io.synchronik.impl.net;

import io.synchronik.impl.net.plan.Net;
import org.jspecify.annotations.Nullable;

/**
 * Why a task was skipped or cancelled.
 *
 * @param kind what kind of reason
 * @param task id of the task that it names, empty when it names none
 */
public record Reason(ReasonKind kind, String task) {
  static final Reason NONE = new Reason(ReasonKind.NONE, "");

  /** Reads what {@link #text} wrote. */
  static Reason parse(@Nullable String text) {
    if (text == null) {
      return NONE;
    }
    for (ReasonKind kind : ReasonKind.values()) {
      String task = kind == ReasonKind.NONE ? null : kind.taskIn(text);
      if (task != null) {
        return new Reason(kind, task);
      }
    }
    throw new IllegalArgumentException("'" + text + "' is no reason");
  }

  static Reason of(Net net, long word) {
    ReasonKind kind = Words.reason(word);
    if (kind == ReasonKind.NONE) {
      return NONE;
    }
    return new Reason(kind, kind.names() ? net.id(Words.named(word)) : "");
  }

  /** Returns the text that is stored and shown; null when there is no reason. */
  public @Nullable String text() {
    return kind == ReasonKind.NONE ? null : kind.text(task);
  }
}
