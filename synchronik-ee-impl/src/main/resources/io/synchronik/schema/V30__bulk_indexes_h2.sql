-- Bulk actions to carry on, and to remove.
create index sk_bulk_taken on sk_bulk (app, taken_until);
create index sk_bulk_ended on sk_bulk (app, ended_at);

-- Whether a run was run again.
create index sk_run_again on sk_run (app, retry_of);
