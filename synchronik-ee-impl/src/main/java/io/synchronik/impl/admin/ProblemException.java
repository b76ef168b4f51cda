package io.synchronik.impl.admin;

/** Ends a request of the admin resource with a problem. Never leaves this package's resources. */
final class ProblemException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** What is answered. */
  private final transient ProblemJson problem;

  ProblemException(ProblemJson problem) {
    super(problem.title(), null, false, false);
    this.problem = problem;
  }

  ProblemJson problem() {
    return problem;
  }

  static ProblemException badRequest(String field, String detail) {
    return new ProblemException(ProblemJson.of(400, detail).withField(field));
  }

  static ProblemException forbidden(String detail) {
    return new ProblemException(ProblemJson.of(403, detail));
  }

  static ProblemException notFound(String detail) {
    return new ProblemException(ProblemJson.of(404, detail));
  }

  static ProblemException conflict(String detail) {
    return new ProblemException(ProblemJson.of(409, detail));
  }
}
