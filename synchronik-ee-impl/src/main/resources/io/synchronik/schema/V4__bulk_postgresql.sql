-- How the run of a set is going to end when the last of its items is final.
alter table sk_item_set add column end_state varchar(16);
alter table sk_item_set add column end_reason varchar(2000);
alter table sk_item_set add column end_choices varchar;
alter table sk_item_set add column end_failure_type varchar(500);
alter table sk_item_set add column end_failure_message varchar(2000);
alter table sk_item_set add column end_failure_trace varchar(16000);
create index sk_item_set_verdict on sk_item_set (app, id) where end_state is not null;

-- Commands to try failed items again, until the last of these is ready.
create table sk_item_retry (
  app         varchar(200) not null,
  id          varchar(36)  not null,
  item_set    bigint       not null,
  failure     varchar(2000),                           -- part of the failures that are meant
  after_n     bigint       not null,                   -- what is left has higher numbers
  done        bigint       not null,
  asked_at    timestamp with time zone not null,
  taken_until timestamp with time zone not null,       -- whoever carries it out says
  constraint sk_item_retry_pk primary key (app, id)
);
create index sk_item_retry_set on sk_item_retry (app, item_set);
create index sk_item_failed on sk_item (app, item_set, n) where state = 'failed';

-- Events of one unit are read by their ids. Positions follow these, but for batches that were
-- committed long after they had begun.
alter table sk_event_batch add column late boolean default false not null;
create index sk_event_late on sk_event_batch (app, position) where late;
create index sk_event_unit on sk_event (app, unit, batch, n);
-- What is kept of each unit.
create index sk_run_roots on sk_run (app, unit, id) where ended_at is not null and parent is null;
