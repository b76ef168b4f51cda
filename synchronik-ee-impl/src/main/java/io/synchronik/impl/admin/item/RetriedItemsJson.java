package io.synchronik.impl.admin.item;

import io.synchronik.impl.admin.json.Answer;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What a retry of failed items did. */
@Schema(name = "RetriedItems")
record RetriedItemsJson(@Schema(description = "how many are tried again") int retried)
    implements Answer {}
