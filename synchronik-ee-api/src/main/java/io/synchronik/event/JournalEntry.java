package io.synchronik.event;

/**
 * An event in the journal. Positions are given after the commit, without gaps, in one order for the
 * whole application; whoever has read up to a position has missed nothing before it.
 *
 * @param position from 1
 * @param event what happened; a failure has no {@linkplain io.synchronik.run.Failure#exception
 *     exception} here
 */
public record JournalEntry(long position, SynchronikEvent event) {}
