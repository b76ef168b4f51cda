/**
 * Named SQL of what is shown of an application as a whole: {@code sk_stat}, and what is read across
 * the tables of other rooms, which this one never writes.
 */
@NullMarked
package io.synchronik.impl.store.monitor;

import org.jspecify.annotations.NullMarked;
