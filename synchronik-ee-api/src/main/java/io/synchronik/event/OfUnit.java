package io.synchronik.event;

import jakarta.enterprise.util.AnnotationLiteral;
import jakarta.inject.Qualifier;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Narrows an observer to the events of one unit: {@code @Observes @OfUnit("price-import")
 * UnitFailed e}.
 */
@Qualifier
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.PARAMETER, ElementType.FIELD, ElementType.METHOD, ElementType.TYPE})
public @interface OfUnit {
  /** The unit's id. */
  String value();

  /** For selecting it in code. */
  final class Literal extends AnnotationLiteral<OfUnit> implements OfUnit {
    private static final long serialVersionUID = 1L;

    /** The value of the annotation. */
    private final String value;

    private Literal(String value) {
      this.value = value;
    }

    /**
     * Creates the annotation.
     *
     * @param value the unit's id
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
