/**
 * Why something is where it is: the engine's own rules asked once more, without locks, and the
 * answers in words of one catalogue. Reads alone.
 */
@NullMarked
package io.synchronik.impl.why;

import org.jspecify.annotations.NullMarked;
