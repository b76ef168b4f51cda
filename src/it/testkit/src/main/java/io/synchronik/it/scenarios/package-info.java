/**
 * What processes must do wherever they run, told through the manager alone: played server-less on
 * each database, and inside an application on each server.
 */
@NullMarked
package io.synchronik.it.scenarios;

import org.jspecify.annotations.NullMarked;
