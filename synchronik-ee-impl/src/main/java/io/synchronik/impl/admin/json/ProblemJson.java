package io.synchronik.impl.admin.json;

import jakarta.ws.rs.core.Response;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** An error as RFC 9457 has it. */
@Schema(name = "Problem", description = "An error as RFC 9457 has it")
public record ProblemJson(
    @Schema(example = "about:blank") String type,
    @Schema(example = "Conflict") String title,
    @Schema(example = "409") int status,
    @Nullable @Schema(description = "what is wrong, for people") String detail,
    @Nullable @Schema(description = "which parameter or which field of the body is wrong")
        String field,
    @Nullable @Schema(description = "number of the message", example = "SYNC-0062") String code,
    @Nullable @Schema(description = "with an internal error: what to look for in the server's log")
        String reference)
    implements Answer {
  public static final String MEDIA_TYPE = "application/problem+json";

  private static final Pattern NUMBERED = Pattern.compile("(SYNC-\\d{4}):?\\s.*", Pattern.DOTALL);

  /** A problem whose detail is the text that an exception of the engine has. */
  public static ProblemJson of(int status, @Nullable String detail) {
    return new ProblemJson("about:blank", title(status), status, detail, null, code(detail), null);
  }

  public ProblemJson withField(String name) {
    return new ProblemJson(type, title, status, detail, name, code, reference);
  }

  ProblemJson withReference(String id) {
    return new ProblemJson(type, title, status, detail, field, code, id);
  }

  public Response response() {
    return Response.status(status).type(MEDIA_TYPE).entity(this).build();
  }

  private static @Nullable String code(@Nullable String detail) {
    Matcher matcher = NUMBERED.matcher(Objects.requireNonNullElse(detail, ""));
    return matcher.matches() ? matcher.group(1) : null;
  }

  private static String title(int status) {
    Response.Status known = Response.Status.fromStatusCode(status);
    return known == null ? "Error" : known.getReasonPhrase();
  }
}
