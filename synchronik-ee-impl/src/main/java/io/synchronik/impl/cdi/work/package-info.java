/**
 * How beans and code in memory are called: for each call an instance with a request context, and
 * what is told of runs. Calls run on the threads of those who call.
 */
@NullMarked
package io.synchronik.impl.cdi.work;

import org.jspecify.annotations.NullMarked;
