-- How the run of a set is going to end when the last of its items is final.
alter table sk_item_set add column end_state varchar(16);
alter table sk_item_set add column end_reason varchar(2000);
alter table sk_item_set add column end_choices varchar;
alter table sk_item_set add column end_failure_type varchar(500);
alter table sk_item_set add column end_failure_message varchar(2000);
alter table sk_item_set add column end_failure_trace varchar(16000);
create index sk_item_set_verdict on sk_item_set (app, id) where end_state is not null;
