package io.synchronik.run;

/** A value of a configuration is wrong. Nothing was changed. */
public final class InvalidConfigurationException extends SynchronikException {
  private static final long serialVersionUID = 1L;

  /** The name of the offending field. */
  private final String field;

  /**
   * Creates the exception.
   *
   * @param field which value is wrong, as the configuration names it
   * @param message numbered, with what is wrong
   */
  public InvalidConfigurationException(String field, String message) {
    super(message);
    this.field = field;
  }

  /** Returns which value is wrong, as the configuration names it. */
  public String field() {
    return field;
  }
}
