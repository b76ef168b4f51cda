package io.synchronik.impl.tell;

import com.github.f4b6a3.ulid.Ulid;
import io.synchronik.impl.store.event.UntoldStore;
import java.util.List;

/**
 * How far a node has told its events.
 *
 * @param to up to this batch all are told, but for what is left
 * @param left what is not told of units whose audience is behind, and of what others have left
 */
public record Standing(String to, List<UntoldStore.Rest> left) {

  /** Returns an id that is smaller than another one, and smaller than none that is so. */
  static String justBefore(String id) {
    if (!Ulid.isValid(id)) {
      return "";
    }
    Ulid ulid = Ulid.from(id);
    long low = ulid.getLeastSignificantBits();
    long high = ulid.getMostSignificantBits();
    return new Ulid(low == 0 ? high - 1 : high, low - 1).toString();
  }
}
