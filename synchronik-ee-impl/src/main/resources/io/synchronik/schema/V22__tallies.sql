-- What the events of a batch tell of runs; null where a node has written it that does not say so.
alter table sk_event_batch add column tally varchar;
