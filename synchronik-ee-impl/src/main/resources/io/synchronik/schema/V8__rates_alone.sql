-- What was taken of a rate needs no unit that somebody may hold; it is removed with the unit.
alter table sk_rate drop constraint sk_rate_unit;
