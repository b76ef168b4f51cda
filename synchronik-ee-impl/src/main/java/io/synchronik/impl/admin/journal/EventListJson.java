package io.synchronik.impl.admin.journal;

import io.synchronik.impl.admin.json.Answer;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A page of the journal. */
@Schema(name = "EventList")
record EventListJson(
    @Schema(description = "in the order of their positions") List<EventJson> items,
    @Schema(description = "what to pass as 'after' to go on") long next,
    @Schema(description = "of the latest entry of the journal") long position)
    implements Answer {}
