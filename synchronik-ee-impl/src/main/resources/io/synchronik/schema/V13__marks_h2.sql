-- False where the same node has written an event of the unit already in the same moment.
alter table sk_event add column marks boolean;
