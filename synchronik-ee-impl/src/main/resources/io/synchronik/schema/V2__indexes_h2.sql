create index sk_run_open on sk_run (app, state, id);
create unique index sk_run_due on sk_run (app, unit, schedule_n, scheduled_at);
create index sk_run_owned on sk_run (app, owner);
create unique index sk_run_part_of on sk_run (app, parent, task, generation);
create unique index sk_run_key on sk_run (app, unit, request_key);
create unique index sk_task_one on sk_task (app, run, task, active_key);
create index sk_run_ended on sk_run (app, ended_at);
create index sk_event_new on sk_event_batch (app, position, id);
