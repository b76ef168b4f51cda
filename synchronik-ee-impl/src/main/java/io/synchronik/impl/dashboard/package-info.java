/** Serves the dashboard's page to browsers; all data come from the admin resource. */
@NullMarked
package io.synchronik.impl.dashboard;

import org.jspecify.annotations.NullMarked;
