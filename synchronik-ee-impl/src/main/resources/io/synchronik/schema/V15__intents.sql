-- What people set of units in transactions of their own, until it is applied.
alter table sk_unit_delta drop constraint sk_unit_delta_kind;
alter table sk_unit_delta add constraint sk_unit_delta_kind check (kind in
  ('started', 'ended', 'withdrawn', 'due', 'pause', 'resume', 'enable', 'disable'));
alter table sk_unit_delta add column who varchar(200);
alter table sk_unit_delta add column pause_until timestamp with time zone;
