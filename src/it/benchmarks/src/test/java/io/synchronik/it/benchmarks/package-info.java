/** Measurements, as JUnit classes named {@code *Benchmark}; run with {@code -Pbenchmarks}. */
package io.synchronik.it.benchmarks;
