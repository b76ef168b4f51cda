package io.synchronik.impl.why;

import io.synchronik.monitor.Why;
import io.synchronik.monitor.Why.Answer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Answers as they are collected. */
final class Answers {
  private final List<Why.Check> checks = new ArrayList<>();

  /** Adds an answer that is so, or is not and stays so until somebody does something. */
  void add(Reason reason, boolean met, Map<String, String> values) {
    add(reason, met, values, null, null);
  }

  void add(
      Reason reason,
      boolean met,
      Map<String, String> values,
      @Nullable Instant since,
      Why.@Nullable Link link) {
    checks.add(reason.check(met ? Answer.MET : Answer.UNMET, values, since, link));
  }

  /** Adds an answer that is so, or will be. */
  void await(Reason reason, boolean met, Map<String, String> values, Why.@Nullable Link link) {
    checks.add(reason.check(met ? Answer.MET : Answer.OPEN, values, null, link));
  }

  void met(Reason reason, Map<String, String> values, @Nullable Instant since) {
    checks.add(reason.check(Answer.MET, values, since, null));
  }

  void unknown(Reason reason, Map<String, String> values) {
    checks.add(reason.check(Answer.UNKNOWN, values, null, null));
  }

  Why about(String what, Instant at) {
    return new Why(what, at, checks);
  }
}
