-- What each node has to do, by its heartbeats, and whether it takes anything in.
alter table sk_node add column draining_since timestamp with time zone;
alter table sk_node add column draining_by varchar(200);
alter table sk_node add column empty_since timestamp with time zone;
alter table sk_node add column busy integer;
alter table sk_node add column stuck integer;
alter table sk_node add column threads integer;
alter table sk_node add column heap_bytes bigint;
alter table sk_node add column heap_max_bytes bigint;
alter table sk_node add column cpu double precision;
alter table sk_node add column connections integer;
alter table sk_node add column clock_offset_ms bigint;
