/**
 * Named SQL on {@code sk_run}: runs that begin to exist, are claimed, end, are cancelled, shown and
 * removed. The guard stands in a statement's name. Locks rows as the names say; the order is the
 * caller's.
 */
@NullMarked
package io.synchronik.impl.store.run;

import org.jspecify.annotations.NullMarked;
