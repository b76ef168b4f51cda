/**
 * The same done to many runs, items or units: asked for by a filter, carried out in bites by any
 * node. Owns the thread that does so. Table {@code sk_bulk} with {@code sk_bulk_aside} and {@code
 * sk_bulk_set}; locks the row of {@code sk_bulk}, then what it is about, and waits for nobody.
 */
@NullMarked
package io.synchronik.impl.bulk;

import org.jspecify.annotations.NullMarked;
