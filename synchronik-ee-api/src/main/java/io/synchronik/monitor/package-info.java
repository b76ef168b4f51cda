/**
 * What is to be seen of an application as a whole, over all its nodes: how many runs ended how, and
 * how late they began.
 */
@NullMarked
package io.synchronik.monitor;

import org.jspecify.annotations.NullMarked;
