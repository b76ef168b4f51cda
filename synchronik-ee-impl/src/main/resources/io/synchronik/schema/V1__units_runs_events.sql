-- Every key begins with the application: several may share a database.
-- Times are the database's. Texts named *_by say who asked.

create table sk_unit (
  app               varchar(200)  not null,
  id                varchar(128)  not null,
  kind              varchar(16)   not null,
  name              varchar(400)  not null,
  description       varchar(4000) not null,
  implementation    varchar(1000) not null,
  configuration     varchar       not null,            -- JSON: what was changed at runtime
  enabled           boolean       not null,
  paused_by         varchar(200),
  paused_until      timestamp with time zone,
  releasing         boolean       not null,
  status            varchar(16)   not null,
  active_runs       integer       not null,            -- admitted and not final
  run_count         bigint        not null,
  completed_count   bigint        not null,
  failed_count      bigint        not null,
  duration_sum_ms   bigint        not null,
  duration_min_ms   bigint        not null,
  duration_max_ms   bigint        not null,
  last_run          varchar(36),
  last_started_at   timestamp with time zone,
  last_completed_at timestamp with time zone,
  constraint sk_unit_pk primary key (app, id),
  constraint sk_unit_kind check (kind in ('worker', 'process')),
  constraint sk_unit_status check (status in ('idle', 'running', 'completed', 'error')),
  constraint sk_unit_active check (active_runs >= 0)
);

create table sk_schedule (
  app        varchar(200)  not null,
  unit       varchar(128)  not null,
  n          integer       not null,
  expression varchar(1000) not null,                   -- all of the schedule in one line
  next_due   timestamp with time zone,                 -- null: waits for a run to end, or over
  jitter_ms  bigint        not null,                   -- random part of next_due
  last_due   timestamp with time zone,
  misfires   bigint        not null,
  constraint sk_schedule_pk primary key (app, unit, n)
);

create table sk_run (
  app              varchar(200) not null,
  id               varchar(36)  not null,
  unit             varchar(128) not null,
  state            varchar(16)  not null,
  cause            varchar(16)  not null,
  schedule_n       integer,
  scheduled_at     timestamp with time zone,
  parent           varchar(36),                        -- run of the process that it is part of
  parent_unit      varchar(128),
  task             varchar(128),                       -- which task of it
  generation       integer,                            -- which enabling of the task
  definition       varchar(64),                        -- of a process: version of its definition
  retry_of         varchar(36),                        -- what completed in that run is taken over
  request_key      varchar(200),                       -- makes asking repeatable
  submitted_at     timestamp with time zone not null,
  due_at           timestamp with time zone,
  started_at       timestamp with time zone,
  ended_at         timestamp with time zone,
  attempt          integer      not null,
  losses           integer      not null,
  owner            varchar(36),                        -- node incarnation
  fence            bigint       not null,              -- rises with each claim
  node             varchar(200),
  forced           boolean      not null,
  requested_by     varchar(200),
  cancel_by        varchar(200),
  payload          varchar,
  result           varchar,
  choices          varchar,                            -- successors that the result lets run
  items            boolean      default false not null, -- its items decide when it ends
  failure_type     varchar(500),
  failure_message  varchar(2000),
  failure_trace    varchar(16000),
  reason           varchar(2000),
  progress_done    bigint,
  progress_total   bigint,
  constraint sk_run_pk primary key (app, id),
  constraint sk_run_state check (state in
    ('submitted', 'ready', 'waiting', 'running', 'completed', 'failed', 'canceled', 'skipped')),
  constraint sk_run_owner check
    ((state = 'running' and definition is null and not items) = (owner is not null)),
  constraint sk_run_part check ((parent is null) = (task is null)
    and (parent is null) = (generation is null) and (parent is null) = (parent_unit is null)),
  constraint sk_run_end check
    ((state in ('completed', 'failed', 'canceled', 'skipped')) = (ended_at is not null))
);

create index sk_run_by_unit on sk_run (app, unit, id);

-- What processes were when their runs began. Never changed.
create table sk_definition (
  app        varchar(200) not null,
  unit       varchar(128) not null,
  version    varchar(64)  not null,                    -- digest of the model
  model      varchar      not null,                    -- JSON
  created_at timestamp with time zone not null,
  constraint sk_definition_pk primary key (app, unit, version)
);

-- The net of a process run. The run's row is the lock of all of it.
create table sk_task (
  app        varchar(200) not null,
  run        varchar(36)  not null,
  task       varchar(128) not null,
  generation integer      not null,                    -- which enabling; 0: never enabled
  state      varchar(16)  not null,
  active_key integer,                                  -- null unless waiting, enabled or started
  reason     varchar(400),
  constraint sk_task_pk primary key (app, run, task, generation),
  constraint sk_task_state check (state in
    ('disabled', 'waiting', 'enabled', 'started', 'completed', 'failed', 'canceled', 'skipped')),
  constraint sk_task_active check
    ((state in ('waiting', 'enabled', 'started')) = (active_key is not null))
);

create table sk_place (
  app    varchar(200) not null,
  run    varchar(36)  not null,
  place  varchar(300) not null,
  tokens integer      not null,
  constraint sk_place_pk primary key (app, run, place),
  constraint sk_place_tokens check (tokens > 0)
);

create table sk_timer (
  app        varchar(200) not null,
  run        varchar(36)  not null,
  task       varchar(128) not null,
  generation integer      not null,
  due_at     timestamp with time zone not null,        -- the delay of the task is over
  constraint sk_timer_pk primary key (app, run, task, generation)
);
create index sk_timer_due on sk_timer (app, due_at);

-- A pool's row is the lock of all of it.
create table sk_pool (
  app        varchar(200) not null,
  name       varchar(128) not null,
  places     integer      not null,                    -- how many tasks may run at once, cluster-wide
  declared   integer      not null,                    -- size that the code gave last
  last_task  bigint       not null,
  created_at timestamp with time zone not null,
  constraint sk_pool_pk primary key (app, name),
  constraint sk_pool_places check (places > 0 and declared > 0),
  constraint sk_pool_last check (last_task >= 0)
);

create table sk_pool_task (
  app             varchar(200) not null,
  pool            varchar(128) not null,
  id              bigint       not null,               -- 1, 2, 3 ... in each pool
  name            varchar(200) not null,
  active_name     varchar(200),                        -- null when the task has ended
  state           varchar(16)  not null,
  worker          varchar(128) not null,
  durable         boolean      not null,               -- false: its code is in memory
  priority        integer      not null,
  payload         varchar,
  requested_by    varchar(200),
  run             varchar(36),                         -- the run that works on it
  added_at        timestamp with time zone not null,
  started_at      timestamp with time zone,
  ended_at        timestamp with time zone,
  result          varchar,
  failure_type    varchar(500),
  failure_message varchar(2000),
  failure_trace   varchar(16000),
  reason          varchar(2000),
  constraint sk_pool_task_pk primary key (app, pool, id),
  constraint sk_pool_task_state check (state in
    ('pending', 'paused', 'running', 'completed', 'error', 'canceled')),
  constraint sk_pool_task_run check (state <> 'running' or run is not null),
  constraint sk_pool_task_waits check (state not in ('pending', 'paused') or run is null),
  constraint sk_pool_task_active check
    ((state in ('pending', 'paused', 'running')) = (active_name is not null)),
  constraint sk_pool_task_end check
    ((state in ('completed', 'error', 'canceled')) = (ended_at is not null))
);

-- The events of one transaction: numbered together, once.
create table sk_event_batch (
  app          varchar(200) not null,
  id           varchar(36)  not null,
  at           timestamp with time zone not null,
  node         varchar(200) not null,
  incarnation  varchar(36)  not null,
  events       integer      not null,                  -- how many
  position     bigint,                                 -- of the last one; given after the commit
  constraint sk_event_batch_pk primary key (app, id),
  constraint sk_event_batch_position unique (app, position),
  constraint sk_event_batch_events check (events > 0)
);

create table sk_event (
  app   varchar(200) not null,
  batch varchar(36)  not null,
  n     integer      not null,                         -- from 0
  at    timestamp with time zone not null,
  type  varchar(16)  not null,
  unit  varchar(128),
  run   varchar(36),
  data  varchar      not null,
  constraint sk_event_pk primary key (app, batch, n)
);

create table sk_node (
  app          varchar(200) not null,
  incarnation  varchar(36)  not null,
  name         varchar(200) not null,
  version      varchar(200) not null,
  workers      integer      not null,
  started_at   timestamp with time zone not null,
  heartbeat_at timestamp with time zone not null,
  lease_until  timestamp with time zone not null,
  announced_to varchar(36)  not null,                  -- batches up to this id are announced
  recovered_by varchar(36),                            -- incarnation that takes over from it
  constraint sk_node_pk primary key (app, incarnation)
);

create table sk_node_unit (
  app         varchar(200) not null,
  incarnation varchar(36)  not null,
  unit        varchar(128) not null,
  constraint sk_node_unit_pk primary key (app, incarnation, unit)
);

create table sk_lock (
  app    varchar(200) not null,
  name   varchar(40)  not null,
  number bigint       not null,
  constraint sk_lock_pk primary key (app, name)
);

-- The items of one run. The row is the lock between those who add or claim items (shared) and
-- whoever ends the run.
create table sk_item_set (
  app         varchar(200) not null,
  id          bigint       not null,
  run         varchar(36)  not null,
  unit        varchar(128) not null,
  state       varchar(16)  not null,                   -- only items of active sets are claimed
  enumeration bigint       not null,                   -- fence of the attempt that enumerates
  enumerated  boolean      not null,
  kept_open   boolean,                                 -- after the enumeration; null: not said yet
  manual      boolean      not null,                   -- worked on from outside
  deadline_at timestamp with time zone,
  constraint sk_item_set_pk primary key (app, id),
  constraint sk_item_set_run unique (app, run),
  constraint sk_item_set_state check (state in ('held', 'active', 'ending', 'closed'))
);
create sequence sk_item_set_seq start with 1 increment by 1;
create sequence sk_item_seq start with 1 increment by 1000;

create table sk_item (
  app             varchar(200) not null,
  item_set        bigint       not null,
  n               bigint       not null,
  state           varchar(16)  not null,
  priority        integer      not null,
  attempt         integer      not null,
  losses          integer      not null,
  fence           bigint       not null,               -- rises with each claim
  enumeration     bigint       not null,               -- fence of the attempt that added it; 0: none
  owner           varchar(36),                         -- node incarnation
  node            varchar(200),                        -- or who started it from outside
  due_at          timestamp with time zone,
  deadline_at     timestamp with time zone,
  started_at      timestamp with time zone,
  ended_at        timestamp with time zone,
  item_key        varchar(200),
  mutex           varchar(200),                        -- of those with the same one, one at a time
  payload         varchar,
  result          varchar,
  failure_type    varchar(500),
  failure_message varchar(2000),
  failure_trace   varchar(16000),
  constraint sk_item_pk primary key (app, item_set, n),
  constraint sk_item_state check (state in
    ('waiting', 'ready', 'started', 'completed', 'failed', 'canceled'))
);

-- What is taken of a limit: a worker's, a queue's or a mutex. A permit is free when its row is gone.
create table sk_permit (
  app      varchar(200) not null,
  name     varchar(210) not null,
  slot     integer      not null,
  owner    varchar(36)  not null,                      -- node incarnation
  taken_at timestamp with time zone not null,
  constraint sk_permit_pk primary key (app, name, slot),
  constraint sk_permit_owner foreign key (app, owner) references sk_node (app, incarnation)
    on delete cascade
);
create index sk_permit_owned on sk_permit (app, owner);

-- What was taken of a worker's rate lately.
create table sk_rate (
  app   varchar(200)  not null,
  unit  varchar(128)  not null,
  taken varchar(2500) not null,
  constraint sk_rate_pk primary key (app, unit),
  constraint sk_rate_unit foreign key (app, unit) references sk_unit (app, id) on delete cascade
);

-- How many items are in which state, in shards: their sum is the truth.
create table sk_item_count (
  app         varchar(200) not null,
  item_set    bigint       not null,
  slot        integer      not null,                   -- whose shard
  initialized bigint       not null,
  started     bigint       not null,
  completed   bigint       not null,
  failed      bigint       not null,
  canceled    bigint       not null,
  constraint sk_item_count_pk primary key (app, item_set, slot)
);
