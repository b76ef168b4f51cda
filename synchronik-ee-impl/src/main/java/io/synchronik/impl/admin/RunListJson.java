package io.synchronik.impl.admin;

import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A page of runs. */
@Schema(name = "RunList")
record RunListJson(
    @Schema(description = "newest first") List<RunJson> items,
    @Nullable @Schema(description = "cursor of the following page; absent on the last") String next)
    implements Answer {}
