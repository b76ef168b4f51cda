/**
 * The composition root: finds workers, validates them, starts and stops the engine in a server or
 * in Java SE.
 */
@NullMarked
package io.synchronik.impl.cdi;

import org.jspecify.annotations.NullMarked;
