package io.synchronik.impl.store.jdbc;

import io.synchronik.run.Failure;
import org.jspecify.annotations.Nullable;

/** A failure as a page shows it: the beginning of its message and no trace. */
public final class PagedFailure {
  private static final int LONGEST = 500;

  private PagedFailure() {}

  /** Returns SQL for the beginning of a message, so that the database does not send the rest. */
  public static String message(String column) {
    return "substring(" + column + ", 1, " + LONGEST + ")";
  }

  /** Returns the failure; null when there is no type. */
  public static @Nullable Failure of(@Nullable String type, @Nullable String message) {
    return type == null ? null : new Failure(type, message == null ? "" : whole(message), "", null);
  }

  /** One database counts characters, another halves of them. */
  private static String whole(String message) {
    int last = message.length() - 1;
    return last >= 0 && Character.isHighSurrogate(message.charAt(last))
        ? message.substring(0, last)
        : message;
  }
}
