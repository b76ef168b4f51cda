/**
 * Named SQL on {@code sk_node}, {@code sk_node_unit} and {@code sk_lock}: leases, who knows which
 * unit, rows that let one node at a time do something; and the database's own way to wake others.
 */
@NullMarked
package io.synchronik.impl.store.node;

import org.jspecify.annotations.NullMarked;
