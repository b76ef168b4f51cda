-- The same done to many runs, items or units: how far it has come is written with each bite.
create table sk_bulk (
  app         varchar(200)  not null,
  id          varchar(36)   not null,                  -- in the order in which it came
  action      varchar(16)   not null,
  target      varchar(16)   not null,                  -- runs, items or units
  filter      varchar       not null,                  -- JSON
  run         varchar(36),                             -- only items of this one, null: of all
  unit        varchar(128),                            -- the same
  asked_by    varchar(200),                            -- null: code, in which nobody is logged in
  reason      varchar(500),
  asked_at    timestamp with time zone not null,
  state       varchar(16)   not null,
  expected    bigint        not null,                  -- how many were meant when it was asked for
  done        bigint        not null,
  skipped     bigint        not null,
  failed      bigint        not null,
  held        bigint        not null,                  -- rows of sk_bulk_aside
  last_round  boolean       not null,                  -- nothing is left but what is aside
  after_key   varchar(200)  not null,                  -- what is left of the round is behind it
  failure     varchar(2000),                           -- the latest
  cancel_by   varchar(200),
  taken_until timestamp with time zone,                -- whoever carries it out says; null: it has ended
  ended_at    timestamp with time zone,
  constraint sk_bulk_pk primary key (app, id),
  constraint sk_bulk_state check (state in ('running', 'done', 'canceled', 'failed')),
  constraint sk_bulk_end check
    ((state = 'running') = (ended_at is null) and (ended_at is null) = (taken_until is not null))
);

-- What somebody held in its turn.
create table sk_bulk_aside (
  app    varchar(200) not null,
  bulk   varchar(36)  not null,
  target varchar(200) not null,
  constraint sk_bulk_aside_pk primary key (app, bulk, target)
);

-- To how many items of each set it was done.
create table sk_bulk_set (
  app      varchar(200) not null,
  bulk     varchar(36)  not null,
  item_set bigint       not null,
  done     bigint       not null,
  constraint sk_bulk_set_pk primary key (app, bulk, item_set)
);
