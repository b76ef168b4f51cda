/**
 * All transaction boundaries of the engine, what it needs of the server for them, and values as
 * JSON. Begins and ends transactions, or joins the caller's; has no thread of its own and locks no
 * row.
 */
@NullMarked
package io.synchronik.impl.tx;

import org.jspecify.annotations.NullMarked;
