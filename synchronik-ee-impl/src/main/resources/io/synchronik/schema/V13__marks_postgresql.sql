-- False where the same node has written an event of the unit already in the same moment: who looks
-- for events of a unit finds moments by the index, and the events in them by their key.
alter table sk_event add column marks boolean;
drop index sk_event_unit;
create index sk_event_unit on sk_event (app, unit, batch) where marks is not false;
