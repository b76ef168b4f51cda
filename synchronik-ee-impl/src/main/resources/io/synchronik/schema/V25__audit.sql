-- What people did, and who asked for it: inserted in the transaction that makes it true, never
-- changed. Nothing refers to it, so that nobody waits for it.
create table sk_audit (
  app          varchar(200) not null,
  id           varchar(36)  not null,                  -- in the order in which it came
  at           timestamp with time zone not null,
  by_name      varchar(200),                           -- null: code, in which nobody is logged in
  from_address varchar(60),
  action       varchar(40)  not null,
  kind         varchar(20)  not null,                  -- of the target
  target       varchar(200) not null,
  before       varchar(4000),
  after        varchar(4000),
  reason       varchar(500),
  constraint sk_audit_pk primary key (app, id)
);
create index sk_audit_target on sk_audit (app, target, id);
create index sk_audit_by on sk_audit (app, by_name, id);
create index sk_audit_action on sk_audit (app, action, id);
