/**
 * The tables of units, runs, schedules, nodes and events as JPA entities, which applications may
 * query, and the unit that a server would read from a persistence.xml. Entities are how rows are
 * read and shown; rows are written by JDBC, in the package of their noun. The one exception is what
 * the code and people say of a unit, which is written by its entity under the lock of its row; its
 * counts and statistics are JDBC's.
 */
@NullMarked
package io.synchronik.impl.store.jpa;

import org.jspecify.annotations.NullMarked;
