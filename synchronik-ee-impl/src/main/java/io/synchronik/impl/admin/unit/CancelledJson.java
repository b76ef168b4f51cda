package io.synchronik.impl.admin.unit;

import io.synchronik.impl.admin.json.Answer;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What a stop of a worker did. */
@Schema(name = "Cancelled")
record CancelledJson(@Schema(description = "how many runs were cancelled") int cancelled)
    implements Answer {}
