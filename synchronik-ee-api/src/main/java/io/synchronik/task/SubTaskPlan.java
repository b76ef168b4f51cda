package io.synchronik.task;

import io.synchronik.run.Progress;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.IntFunction;

/**
 * What a {@link SubTaskRunner} is to do.
 *
 * @param items in input order
 * @param idOf finds an item's id in the report
 * @param maxRetries attempts after the first, not negative
 * @param retryDelay delay after a failed attempt, by its number from 1
 * @param concurrency items at a time, at least 1
 * @param onProgress told after each item, by one thread at a time
 * @param <T> the items
 */
public record SubTaskPlan<T>(
    List<T> items,
    Function<? super T, String> idOf,
    int maxRetries,
    IntFunction<Duration> retryDelay,
    int concurrency,
    Consumer<Progress> onProgress) {}
