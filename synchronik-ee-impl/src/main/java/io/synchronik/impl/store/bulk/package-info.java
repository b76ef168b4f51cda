/**
 * Named SQL on {@code sk_bulk}, what is done to many, and on what belongs to it: {@code
 * sk_bulk_aside} and {@code sk_bulk_set}. Its row is held by whoever does a bite.
 */
@NullMarked
package io.synchronik.impl.store.bulk;

import org.jspecify.annotations.NullMarked;
