/**
 * What stands in the database: the schema and its migration, entities, named SQL. No transaction
 * begins or ends here.
 */
@NullMarked
package io.synchronik.impl.store;

import org.jspecify.annotations.NullMarked;
