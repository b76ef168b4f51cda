package io.synchronik.item;

/**
 * The result of a run of items.
 *
 * @param total all items
 * @param completed done
 * @param failed for good
 * @param canceled withdrawn
 */
public record ItemSummary(long total, long completed, long failed, long canceled) {}
