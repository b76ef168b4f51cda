-- Keys of items that are unique beyond their run: of which item they are, and until when. An item
-- that has failed or was withdrawn holds its key no more.
create table sk_kept_key (
  app        varchar(200) not null,
  unit       varchar(128) not null,
  item_key   varchar(200) not null,
  item_set   bigint       not null,
  n          bigint       not null,
  kept_until timestamp with time zone not null,
  constraint sk_kept_key_pk primary key (app, unit, item_key)
);
create index sk_kept_key_of on sk_kept_key (app, item_set);
create index sk_kept_key_over on sk_kept_key (app, kept_until);
-- How many items the enumeration has passed over because their keys are taken beyond the run.
alter table sk_item_set add column repeated bigint default 0 not null;
