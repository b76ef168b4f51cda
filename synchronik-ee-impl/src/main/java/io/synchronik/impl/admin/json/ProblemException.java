package io.synchronik.impl.admin.json;

/** Ends a request of the admin resource with a problem. Never leaves this package's resources. */
public final class ProblemException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** What is answered. */
  private final transient ProblemJson problem;

  public ProblemException(ProblemJson problem) {
    super(problem.title(), null, false, false);
    this.problem = problem;
  }

  public ProblemJson problem() {
    return problem;
  }

  public static ProblemException badRequest(String field, String detail) {
    return new ProblemException(ProblemJson.of(400, detail).withField(field));
  }

  public static ProblemException forbidden(String detail) {
    return new ProblemException(ProblemJson.of(403, detail));
  }

  public static ProblemException notFound(String detail) {
    return new ProblemException(ProblemJson.of(404, detail));
  }

  public static ProblemException conflict(String detail) {
    return new ProblemException(ProblemJson.of(409, detail));
  }
}
