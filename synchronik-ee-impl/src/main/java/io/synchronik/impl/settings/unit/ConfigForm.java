package io.synchronik.impl.settings.unit;

import io.synchronik.unit.UnitConfig;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How the configuration of one kind of unit is written as named texts. */
interface ConfigForm<C extends UnitConfig> {
  /** Returns all names, in the order of the documentation. */
  List<String> names();

  /** Writes a configuration as texts, one for each name. */
  Map<String, String> write(C config);

  /** Reads a configuration from texts. */
  C read(Fields in);

  /** Returns what {@link #read} gets: the texts of a configuration with others laid over them. */
  default Map<String, String> merged(C base, Map<String, String> texts) {
    return UnitSettings.merged(write(base), texts);
  }

  /** Returns an empty text for each name. */
  default Map<String, String> blank() {
    Map<String, String> texts = new LinkedHashMap<>();
    names().forEach(name -> texts.put(name, ""));
    return texts;
  }
}
