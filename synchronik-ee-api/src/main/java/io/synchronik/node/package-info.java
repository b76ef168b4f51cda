/**
 * The nodes of an application: who is there, what each has to do, and sending work away from one.
 */
@NullMarked
package io.synchronik.node;

import org.jspecify.annotations.NullMarked;
