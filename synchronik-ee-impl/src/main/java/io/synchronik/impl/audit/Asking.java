package io.synchronik.impl.audit;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What somebody asks for, while his thread is at it. */
public final class Asking {
  private static final Asking CODE = new Asking(null, null, null);

  /** An initial value would stay on threads that are not ours, and hold the application. */
  private static final ThreadLocal<@Nullable Asking> PRESENT = new ThreadLocal<>();

  private final @Nullable Asker asker;
  private final @Nullable Act whole;
  private final @Nullable String principal;
  private boolean told;

  private Asking(@Nullable Asker asker, @Nullable Act whole, @Nullable String principal) {
    this.asker = asker;
    this.whole = whole;
    this.principal = principal;
  }

  /**
   * Who asks from outside.
   *
   * @param name null when nobody knows
   * @param address from where, null when nobody knows
   * @param reason why, null when it is not said
   */
  public record Asker(@Nullable String name, @Nullable String address, @Nullable String reason) {}

  /** Works for somebody outside. */
  public static <T extends @Nullable Object> T by(Asker asker, Callable<T> work) throws Exception {
    Asking before = present();
    PRESENT.set(new Asking(asker, null, null));
    try {
      return work.call();
    } finally {
      giveBack(before);
    }
  }

  /** Does something for somebody who has asked for it, here or before. */
  public static <T> T inTheNameOf(Asker asker, Supplier<T> work) {
    Asking before = present();
    PRESENT.set(new Asking(asker, before.whole, before.principal));
    try {
      return work.get();
    } finally {
      giveBack(before);
    }
  }

  /** Does something that is told as one, of whatever parts and transactions it consists. */
  public static void whole(Act act, Runnable work) {
    Asking before = present();
    PRESENT.set(new Asking(before.asker, act, before.principal));
    try {
      work.run();
    } finally {
      giveBack(before);
    }
  }

  /**
   * Returns something that another thread is to do for this one.
   *
   * @param principal who is logged in here, null when nobody is
   */
  public static Runnable carried(@Nullable String principal, Runnable work) {
    Asking here = present();
    Asking there = new Asking(here.asker, here.whole, principal);
    return () -> {
      Asking before = present();
      PRESENT.set(there);
      try {
        work.run();
      } finally {
        giveBack(before);
      }
    };
  }

  private static void giveBack(Asking before) {
    if (before == CODE) {
      PRESENT.remove();
    } else {
      PRESENT.set(before);
    }
  }

  /** Returns what the thread does. */
  public static Asking present() {
    Asking asking = PRESENT.get();
    return asking == null ? CODE : asking;
  }

  /** Returns who asks, null for the application's code. */
  public @Nullable Asker asker() {
    return asker;
  }

  /** Returns who is logged in where somebody else's thread does this for; null for nobody. */
  public @Nullable String principal() {
    return principal;
  }

  /** Returns what is to be told of some things that a transaction does. */
  public List<Act> toTell(List<Act> acts) {
    if (acts.isEmpty() || whole == null) {
      return asker == null ? acts.stream().filter(act -> !act.daily()).toList() : acts;
    }
    if (told) {
      return List.of();
    }
    told = true;
    return List.of(whole);
  }

  /** The transaction that was to tell it did not come true. */
  public void untold() {
    told = false;
  }
}
