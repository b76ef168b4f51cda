/**
 * Whether flows can always come to a proper end, decided before the first run: nets reduced by
 * rules that keep the verdict, what is left explored, and a trace to what is wrong. Pure.
 */
@NullMarked
package io.synchronik.impl.net.analysis;

import org.jspecify.annotations.NullMarked;
