package io.synchronik.impl.admin.session;

import io.synchronik.impl.admin.json.Answer;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Who asks, and what it may see. */
@Schema(name = "Session")
record SessionJson(
    String user,
    @Schema(enumeration = {"viewer", "admin"}) String role,
    @Schema(description = "whether nobody may change anything here") boolean readOnly,
    @Schema(description = "whether payloads, results and error texts are shown to it")
        boolean payloads,
    String application,
    @Schema(description = "that answers") String node,
    @Schema(description = "of Synchronik EE") String version,
    @Schema(description = "default zone of the answering node", example = "Europe/Oslo")
        String zone,
    @Schema(description = "the database's time") Instant now)
    implements Answer {}
