-- Lists by state: the few that did not succeed are found without all those that did.
create index sk_run_unsuccessful on sk_run (app, state, id)
  where state in ('failed', 'canceled', 'skipped');
create index sk_run_unsuccessful_of on sk_run (app, unit, state, id)
  where state in ('failed', 'canceled', 'skipped');
create index sk_item_unsuccessful on sk_item (app, item_set, state, n)
  where state in ('failed', 'canceled');

-- Events of a run that come long after its beginning, by their ids: those of most runs do not, and are
-- found by the key.
create index sk_event_lasting on sk_event (app, run, batch) where left(batch, 6) <> left(run, 6);

-- Last, as nobody reads these tables from here to the commit: the first two serve in their place.
drop index sk_run_retryable;
drop index sk_item_failed;
