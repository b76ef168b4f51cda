package io.synchronik.impl.admin.item;

import io.synchronik.impl.admin.json.Answer;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What adding items did. */
@Schema(name = "AddedItems")
record AddedItemsJson(@Schema(description = "in the order of the request") List<String> ids)
    implements Answer {}
