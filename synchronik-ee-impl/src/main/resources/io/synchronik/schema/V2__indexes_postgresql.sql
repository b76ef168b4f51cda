-- Partial indexes: what has become final costs the claims nothing.
create index sk_run_open on sk_run (app, state, id) where state in ('submitted', 'ready', 'waiting');
create index sk_run_owned on sk_run (app, owner) where state = 'running';
create index sk_run_ended on sk_run (app, ended_at) where ended_at is not null;
create index sk_event_new on sk_event_batch (app, id) where position is null;

-- Hot rows: room for updates on the same page, and vacuum before they swell.
alter table sk_unit set (fillfactor = 50, autovacuum_vacuum_scale_factor = 0.02);
alter table sk_schedule set (fillfactor = 50, autovacuum_vacuum_scale_factor = 0.02);
alter table sk_run set (fillfactor = 80, autovacuum_vacuum_scale_factor = 0.05);
alter table sk_node set (fillfactor = 50);
