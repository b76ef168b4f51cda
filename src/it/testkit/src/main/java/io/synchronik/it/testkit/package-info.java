/**
 * What the integration tests and benchmarks share: {@linkplain Node nodes} in Java SE, {@linkplain
 * WildFly servers} to end as one likes, {@linkplain DatabaseKind databases} to run them on, and
 * ways to wait without sleeping.
 */
@NullMarked
package io.synchronik.it.testkit;

import org.jspecify.annotations.NullMarked;
