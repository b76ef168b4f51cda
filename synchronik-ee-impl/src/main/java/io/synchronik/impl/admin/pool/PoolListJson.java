package io.synchronik.impl.admin.pool;

import io.synchronik.impl.admin.json.Answer;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** All pools. */
@Schema(name = "PoolList")
record PoolListJson(@Schema(description = "by name") List<PoolJson> items) implements Answer {}
