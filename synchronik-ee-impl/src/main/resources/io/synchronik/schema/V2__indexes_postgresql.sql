-- Partial indexes: what has become final costs the claims nothing.
create index sk_run_submitted on sk_run (app, id) where state = 'submitted';
create index sk_run_ready on sk_run (app, id) where state in ('ready', 'waiting');
create unique index sk_run_due on sk_run (app, unit, schedule_n, scheduled_at)
  where scheduled_at is not null;
create index sk_run_owned on sk_run (app, owner) where state = 'running';
create unique index sk_run_part_of on sk_run (app, parent, task, generation)
  where parent is not null;
create unique index sk_run_key on sk_run (app, unit, request_key) where request_key is not null;
create unique index sk_task_one on sk_task (app, run, task) where active_key is not null;
create index sk_run_nets on sk_run (app, id) where state = 'running' and definition is not null;
create index sk_run_ended on sk_run (app, ended_at) where ended_at is not null;
create unique index sk_pool_task_name on sk_pool_task (app, pool, active_name)
  where active_name is not null;
create index sk_pool_task_order on sk_pool_task (app, pool, priority desc, id)
  where state in ('pending', 'paused');
create index sk_pool_task_running on sk_pool_task (app, pool, id) where state = 'running';
create index sk_pool_task_by_run on sk_pool_task (app, run) where run is not null;
create index sk_pool_task_ended on sk_pool_task (app, pool, ended_at) where ended_at is not null;
create index sk_event_new on sk_event_batch (app, id) where position is null;
create index sk_item_ready on sk_item (app, item_set, priority desc, n)
  where state = 'ready' and mutex is null;
create index sk_item_mutex on sk_item (app, item_set, priority desc, n)
  where state = 'ready' and mutex is not null;
create index sk_item_started on sk_item (app, item_set, owner) where state = 'started';
create index sk_item_due on sk_item (app, due_at) where state = 'waiting';
create index sk_item_deadline on sk_item (app, deadline_at)
  where deadline_at is not null and state in ('waiting', 'ready', 'started');
create unique index sk_item_key on sk_item (app, item_set, item_key) where item_key is not null;
create index sk_item_set_live on sk_item_set (app, id) where state <> 'closed';

-- Hot rows: room for updates on the same page, and vacuum before they swell.
alter table sk_unit set (fillfactor = 50, autovacuum_vacuum_scale_factor = 0.02);
alter table sk_schedule set (fillfactor = 50, autovacuum_vacuum_scale_factor = 0.02);
alter table sk_run set (fillfactor = 80, autovacuum_vacuum_scale_factor = 0.05);
alter table sk_task set (fillfactor = 80, autovacuum_vacuum_scale_factor = 0.05);
alter table sk_place set (autovacuum_vacuum_scale_factor = 0.05);
alter table sk_pool set (fillfactor = 50, autovacuum_vacuum_scale_factor = 0.02);
alter table sk_pool_task set (fillfactor = 80, autovacuum_vacuum_scale_factor = 0.05);
alter table sk_node set (fillfactor = 50);
-- Each statement parses the checks of its table anew, which is a tenth of what ending one item takes.
alter table sk_item drop constraint sk_item_state;
-- The state of an item is in the conditions of indexes, so that its updates write index entries in
-- any case; there is room for the versions of one that lives and dies on its page.
alter table sk_item set (fillfactor = 50, autovacuum_vacuum_scale_factor = 0.02,
  autovacuum_vacuum_threshold = 10000, autovacuum_analyze_scale_factor = 0.1);
alter table sk_item_count set (fillfactor = 20, autovacuum_vacuum_scale_factor = 0.05);
