-- Which version of the application has written a unit's definition.
alter table sk_unit add column version varchar(200) default '' not null;
