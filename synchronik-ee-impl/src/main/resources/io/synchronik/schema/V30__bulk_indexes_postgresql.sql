-- Bulk actions to carry on, and to remove.
create index sk_bulk_taken on sk_bulk (app, taken_until) where taken_until is not null;
create index sk_bulk_ended on sk_bulk (app, ended_at) where ended_at is not null;

-- Whether a run was run again, and what could be.
create index sk_run_again on sk_run (app, retry_of) where retry_of is not null;
create index sk_run_retryable on sk_run (app, state, id)
  where state in ('failed', 'canceled') and parent is null;
