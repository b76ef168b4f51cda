-- Events that somebody has not been told of yet, where sk_node.announced_to does not say so: of units
-- whose observers are behind, and those of nodes that are gone. What is behind the place is to be told.
create table sk_untold (
  app         varchar(200) not null,
  incarnation varchar(36)  not null,                   -- that has written the events
  audience    varchar(8)   not null,                   -- who is to be told
  unit        varchar(128) not null,                   -- that they are about; empty: about none
  owner       varchar(36)  not null,                   -- incarnation that tells them
  batch       varchar(36)  not null,
  n           integer      not null,
  constraint sk_untold_pk primary key (app, incarnation, audience, unit),
  constraint sk_untold_audience check (audience in ('sync', 'async'))
);
create index sk_untold_owned on sk_untold (app, owner);
