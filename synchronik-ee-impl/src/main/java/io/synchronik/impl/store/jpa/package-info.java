/**
 * The tables that hold units, runs, schedules, nodes and events as JPA entities, and the unit that
 * a server would read from a persistence.xml. Entities read; rows are written by JDBC, each by one
 * class of the package of its noun.
 */
@NullMarked
package io.synchronik.impl.store.jpa;

import org.jspecify.annotations.NullMarked;
