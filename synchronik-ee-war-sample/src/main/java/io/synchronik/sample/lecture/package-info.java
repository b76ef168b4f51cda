/** A short lecture on projectile motion: a calculation in seven steps, one after the other. */
@NullMarked
package io.synchronik.sample.lecture;

import org.jspecify.annotations.NullMarked;
