package io.synchronik.impl.net;

import java.util.List;

/** What came of a command. */
public sealed interface StepResult {
  /**
   * The net has moved, as far as it goes.
   *
   * @param state the new state; {@link NetState#taskChanges} and {@link NetState#placeChanges} tell
   *     which rows differ from an earlier one
   * @param effects what is to be done
   */
  record Moved(NetState state, List<Effect> effects) implements StepResult {}

  /**
   * Nothing has changed.
   *
   * @param why what stood against it
   */
  record Refused(Refusal why) implements StepResult {}
}
