package io.synchronik.event;

import jakarta.enterprise.util.AnnotationLiteral;
import jakarta.inject.Qualifier;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Narrows an observer to one milestone: {@code @Observes @MilestoneId("prices-imported") Milestone
 * m}.
 */
@Qualifier
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.PARAMETER, ElementType.FIELD, ElementType.METHOD, ElementType.TYPE})
public @interface MilestoneId {
  /** The milestone's name. */
  String value();

  /** For selecting it in code. */
  final class Literal extends AnnotationLiteral<MilestoneId> implements MilestoneId {
    private static final long serialVersionUID = 1L;

    /** The value of the annotation. */
    private final String value;

    private Literal(String value) {
      this.value = value;
    }

    /**
     * Creates the annotation.
     *
     * @param value the milestone's name
     * @return the annotation
     */
    public static Literal of(String value) {
      return new Literal(value);
    }

    @Override
    public String value() {
      return value;
    }
  }
}
