-- The history as the migration library knows it, with room for longer names of users.
create table ${table} (
  id        integer      not null,
  mchecksum integer      not null,
  mtype     varchar(1)   not null,
  mversion  varchar(150) not null,
  mcomment  varchar(150) not null,
  mstatus   varchar(10)  not null,
  run_on    timestamp with time zone not null,
  run_by    varchar(400) not null,
  run_time  integer      not null,
  constraint ${table}_pk primary key (id)
);
