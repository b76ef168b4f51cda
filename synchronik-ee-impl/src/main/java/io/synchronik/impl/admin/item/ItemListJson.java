package io.synchronik.impl.admin.item;

import io.synchronik.impl.admin.json.Answer;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A page of items. */
@Schema(name = "ItemList")
record ItemListJson(
    @Schema(description = "in the order of their ids") List<ItemJson> items,
    @Nullable @Schema(description = "cursor of the following page; absent on the last") String next)
    implements Answer {}
