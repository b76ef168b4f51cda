-- What failures of the same kind have in common; null for those from before, and where nothing failed.
-- They are looked for among what has failed, by the indexes that there are.
alter table sk_run add column failure_group varchar(16);
alter table sk_item add column failure_group varchar(16);
-- A command that means one kind of failures has its group also as the text that failures contain:
-- nodes that know no groups find none, instead of all.
alter table sk_item_retry add column failure_group varchar(16);
