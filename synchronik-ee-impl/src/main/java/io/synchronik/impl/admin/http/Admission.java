package io.synchronik.impl.admin.http;

import io.synchronik.impl.admin.json.ProblemJson;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.util.Set;

/** Whether a caller may do what it asks for. */
enum Admission {
  /** May do all. */
  ADMIN,
  /** May look. */
  VIEWER,
  /** Is known, and has no role for this. */
  REFUSED,
  /** Nobody knows who asks. */
  UNKNOWN,
  /** The credentials are wrong, and the server itself has answered: nothing can be added. */
  TURNED_AWAY;

  static final String ADMIN_ROLE = "synchronik-admin";
  static final String VIEWER_ROLE = "synchronik-viewer";

  private static final Set<String> LOOKING = Set.of("GET", "HEAD", "OPTIONS");

  static Admission of(SecurityContext security, String method) {
    if (security.getUserPrincipal() == null) {
      return UNKNOWN;
    }
    if (security.isUserInRole(ADMIN_ROLE)) {
      return ADMIN;
    }
    return looksOnly(method) && security.isUserInRole(VIEWER_ROLE) ? VIEWER : REFUSED;
  }

  static boolean looksOnly(String method) {
    return LOOKING.contains(method);
  }

  boolean granted() {
    return this == ADMIN || this == VIEWER;
  }

  /** Answers that it was not granted, where the server has not done so. */
  Response refusal() {
    return this == TURNED_AWAY ? Response.status(problem().status()).build() : problem().response();
  }

  /** Says why it was not granted. */
  ProblemJson problem() {
    return this == UNKNOWN || this == TURNED_AWAY
        ? ProblemJson.of(401, "Authentication is needed")
        : ProblemJson.of(403, "The role " + ADMIN_ROLE + " is needed, to look " + VIEWER_ROLE);
  }
}
