package io.synchronik.impl.admin.run;

import io.synchronik.impl.admin.json.Answer;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A page of runs. */
@Schema(name = "RunList")
public record RunListJson(
    @Schema(description = "newest first") List<RunJson> items,
    @Nullable @Schema(description = "cursor of the following page; absent on the last") String next)
    implements Answer {}
