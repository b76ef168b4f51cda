package io.synchronik.impl.admin.unit;

import io.synchronik.impl.admin.json.Answer;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A page of units. */
@Schema(name = "UnitList")
record UnitListJson(
    List<UnitJson> items,
    @Schema(description = "how many match, over all pages") int total,
    @Schema(description = "from 1") int page,
    int size)
    implements Answer {}
