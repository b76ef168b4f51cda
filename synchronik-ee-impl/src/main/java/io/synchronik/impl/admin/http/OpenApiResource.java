package io.synchronik.impl.admin.http;

import io.synchronik.impl.admin.json.Answer;
import io.synchronik.impl.admin.json.RecordJson;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.json.Json;
import jakarta.json.JsonReader;
import jakarta.json.JsonValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Objects;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The OpenAPI document of these resources; the build writes it from their annotations. */
@ApplicationScoped
@Path(AdminResource.ROOT + "/openapi")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Document")
public class OpenApiResource extends AdminResource {

  /** Not under META-INF, where a server would take it for the application's own document. */
  private static final String DOCUMENT = "openapi.json";

  record Document(@RecordJson.Inline Map<String, JsonValue> content) implements Answer {}

  /** Shows the document. */
  @GET
  @Operation(summary = "Shows this document")
  @APIResponse(responseCode = "200", content = @Content(schema = @Schema(type = SchemaType.OBJECT)))
  public Response show() throws IOException {
    try (InputStream file =
            Objects.requireNonNull(
                OpenApiResource.class.getResourceAsStream(DOCUMENT), "no " + DOCUMENT);
        JsonReader reader = Json.createReader(file)) {
      return Response.ok(new Document(reader.readObject())).build();
    }
  }
}
