/**
 * Quartz as the clock; the only package that sees it. Quartz keeps nothing: it says when, the
 * tables say what is true.
 */
@NullMarked
package io.synchronik.impl.quartz;

import org.jspecify.annotations.NullMarked;
