-- Ended tasks are counted without reading them.
create index sk_pool_task_final on sk_pool_task (app, pool, state)
  where state in ('completed', 'error', 'canceled');
