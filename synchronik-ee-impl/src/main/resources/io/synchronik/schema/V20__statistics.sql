-- What happened to runs, by the journal: one row for each five minutes and for each hour. Written by
-- whoever holds the row of sk_lock that has the position of the last event that is counted.
create table sk_stat (
  app             varchar(200) not null,
  seconds         integer      not null,               -- length: 300 or 3600
  bucket          timestamp with time zone not null,   -- its begin
  started         bigint       not null,
  retried         bigint       not null,
  misfired        bigint       not null,
  completed       bigint       not null,
  failed          bigint       not null,
  canceled        bigint       not null,
  skipped         bigint       not null,
  duration_sum_ms bigint       not null,               -- of completed and failed runs
  duration_max_ms bigint       not null,
  late_sum_ms     bigint       not null,               -- of runs that schedules began
  late_max_ms     bigint       not null,
  late_histogram  varchar(400) not null,               -- numbers with commas
  constraint sk_stat_pk primary key (app, seconds, bucket),
  constraint sk_stat_seconds check (seconds in (300, 3600))
);
