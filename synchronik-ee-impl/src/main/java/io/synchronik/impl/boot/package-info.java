/**
 * Puts the rooms of the engine together, starts and stops them, and offers the public manager on
 * them. What is here decides nothing. No thread, no table and no lock of its own.
 */
@NullMarked
package io.synchronik.impl.boot;

import org.jspecify.annotations.NullMarked;
