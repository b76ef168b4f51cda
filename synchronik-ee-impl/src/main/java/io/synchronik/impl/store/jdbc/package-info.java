/**
 * The database inside one transaction: statements by JDBC and entities on the same connection pool,
 * changes of many rows, what differs between databases. No table of its own; no transaction begins
 * or ends here.
 */
@NullMarked
package io.synchronik.impl.store.jdbc;

import org.jspecify.annotations.NullMarked;
