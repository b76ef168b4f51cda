/** The application's own data source. */
@NullMarked
package io.synchronik.sample.database;

import org.jspecify.annotations.NullMarked;
