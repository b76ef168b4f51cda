package io.synchronik.impl.audit;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One thing that is done.
 *
 * @param action what
 * @param kind of what it is done to
 * @param target what it is done to
 * @param daily whether applications do it all day: told of only when somebody asks for it from
 *     outside
 * @param before what it was, null where there is nothing to say
 * @param after what it is then, null where there is nothing to say
 */
public record Act(
    Action action,
    Kind kind,
    String target,
    boolean daily,
    @Nullable String before,
    @Nullable String after) {

  /** What something is done to. */
  public enum Kind {
    BULK,
    ENGINE,
    ITEM,
    MILESTONE,
    NODE,
    POOL,
    RUN,
    TASK,
    UNIT;

    /** Returns it as it is written down. */
    public String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Something that is told of whoever does it. */
  public static Act of(Action action, Kind kind, String target) {
    return new Act(action, kind, target, false, null, null);
  }

  /** Something that applications do all day. */
  public static Act daily(Action action, Kind kind, String target) {
    return new Act(action, kind, target, true, null, null);
  }

  /** The same, of which it is known what was before. */
  public Act from(@Nullable Object was) {
    return new Act(action, kind, target, daily, text(was), after);
  }

  /** The same, of which it is known what is then. */
  public Act to(@Nullable Object becomes) {
    return new Act(action, kind, target, daily, before, text(becomes));
  }

  private static @Nullable String text(@Nullable Object value) {
    return value == null ? null : value.toString();
  }
}
