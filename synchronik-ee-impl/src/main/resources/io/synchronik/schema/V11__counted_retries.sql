-- Who has given a command may wait for its end: the row stays for him and has the count, whoever has
-- carried the command out.
alter table sk_item_retry add column awaited boolean default false not null;
alter table sk_item_retry add column ended_at timestamp with time zone;
