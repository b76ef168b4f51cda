/**
 * Monthly billing: a process whose first worker turns one run into an item for each customer, and
 * whose second one writes down what came of them.
 */
@NullMarked
package io.synchronik.sample.billing;

import org.jspecify.annotations.NullMarked;
