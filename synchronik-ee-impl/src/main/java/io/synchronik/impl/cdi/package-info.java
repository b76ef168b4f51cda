/**
 * The composition root: hears from CDI and the server which classes there are, puts the engine
 * together, starts and stops it in a server or in Java SE, and offers the manager.
 */
@NullMarked
package io.synchronik.impl.cdi;

import org.jspecify.annotations.NullMarked;
