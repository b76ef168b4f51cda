-- What schedules units have had, and whether these were to run them: written when it changes, never
-- changed, so that it is known which times of the past were due.
create table sk_schedule_change (
  app        varchar(200)  not null,
  unit       varchar(128)  not null,
  id         varchar(36)   not null,                   -- in the order in which it came
  at         timestamp with time zone not null,
  expression varchar(1000) not null,                   -- all of the schedule in one line; '': none
  enabled    boolean       not null,
  constraint sk_schedule_change_pk primary key (app, unit, id)
);
insert into sk_schedule_change (app, unit, id, at, expression, enabled)
  select s.app, s.unit, '0', current_timestamp, s.expression, u.enabled
  from sk_schedule s join sk_unit u on u.app = s.app and u.id = s.unit where s.n = 0;

-- The few misfires of a unit among all of its events.
create index sk_event_misfire on sk_event (app, unit, batch) where type = 'misfire';
