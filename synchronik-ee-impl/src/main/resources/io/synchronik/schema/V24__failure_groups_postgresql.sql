-- What failures of the same kind have in common; null for those from before, and where nothing failed.
alter table sk_run add column failure_group varchar(16);
alter table sk_item add column failure_group varchar(16);
create index sk_run_failed on sk_run (app, ended_at) include (unit, failure_group, id)
  where state = 'failed';
create index sk_run_group on sk_run (app, failure_group, id) where state = 'failed';
create index sk_item_group on sk_item (app, item_set, failure_group, n) include (ended_at)
  where state = 'failed';
-- A command that means one kind of failures has its group also as the text that failures contain:
-- nodes that know no groups find none, instead of all.
alter table sk_item_retry add column failure_group varchar(16);
