-- What runs have done to their units while somebody else held the unit's row: folded in and deleted
-- by whoever gets that row next. Never changed.
create table sk_unit_delta (
  app      varchar(200) not null,
  unit     varchar(128) not null,
  id       varchar(36)  not null,                      -- in the order in which it came
  kind     varchar(16)  not null,
  run      varchar(36)  not null,
  state    varchar(16),                                -- of a run that has ended
  at       timestamp with time zone not null,          -- of a schedule: its next due time
  millis   bigint       not null,                      -- how long the run took; jitter of a due time
  max_runs bigint       not null,                      -- after so many the unit is disabled; 0: never
  constraint sk_unit_delta_pk primary key (app, unit, id),
  constraint sk_unit_delta_kind check (kind in ('started', 'ended', 'withdrawn', 'due'))
);
