create index sk_run_open on sk_run (app, state, id);
create index sk_run_owned on sk_run (app, owner);
create index sk_run_ended on sk_run (app, ended_at);
create index sk_event_new on sk_event_batch (app, position, id);
