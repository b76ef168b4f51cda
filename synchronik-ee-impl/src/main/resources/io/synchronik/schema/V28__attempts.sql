-- Attempts that did not end their runs: what the latest one is, its run tells. Inserted with what
-- becomes of the run, never changed.
alter table sk_run add column attempt_at timestamp with time zone;
create table sk_attempt (
  app             varchar(200) not null,
  run             varchar(36)  not null,
  claim           bigint       not null,               -- fence of the run
  number          integer      not null,               -- the same again when it did not count
  node            varchar(200),
  started_at      timestamp with time zone,
  ended_at        timestamp with time zone not null,
  outcome         varchar(16)  not null,
  failure_type    varchar(500),
  failure_message varchar(2000),
  constraint sk_attempt_pk primary key (app, run, claim),
  constraint sk_attempt_outcome check (outcome in
    ('failed', 'canceled', 'interrupted', 'lost', 'enumerated'))
);

-- What attempts say, in pieces of several lines.
create table sk_output (
  app      varchar(200) not null,
  run      varchar(36)  not null,
  claim    bigint       not null,                      -- fence of the run: which attempt
  line     bigint       not null,                      -- number of its first one, from 1
  lines    integer      not null,
  left_out bigint       not null,                      -- lines before its first one that are not kept
  text     varchar      not null,
  constraint sk_output_pk primary key (app, run, claim, line)
);
