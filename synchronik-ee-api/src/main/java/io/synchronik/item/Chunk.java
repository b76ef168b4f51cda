package io.synchronik.item;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** How many items a {@link ChunkWork} is given in one call; 100 without this annotation. */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface Chunk {
  /** Without the annotation. */
  int DEFAULT = 100;

  /** At most so many, 1 to 1,000. */
  int value();
}
