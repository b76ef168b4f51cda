/**
 * This node among others: its incarnation and lease, what it does again and again, what it takes
 * over from lost nodes, how nodes wake one another. Owns the thread of the lease and those that
 * tell and listen. Tables {@code sk_node} and {@code sk_lock}; the watcher works under a row lock,
 * one node at a time.
 */
@NullMarked
package io.synchronik.impl.node;

import org.jspecify.annotations.NullMarked;
