-- Archives of what is kept of one person, made for them. The archive lies in pieces in the file store; its row is gone with the customer.
create table customer_export (
  account_id uuid not null, id uuid not null, customer_id uuid not null, state text not null default 'waiting' check (state in ('waiting', 'running', 'ready', 'cancelled', 'failed', 'expired')), has_notes boolean not null default false,
  -- Whoever makes it now: of two, the later one goes on and the other stops.
  run_id uuid, attempts int not null default 0, failure text check (failure in ('storage', 'interrupted', 'unexpected')), done int not null default 0, total int not null default 0, bytes bigint not null default 0, part_keys text[] not null default '{}', by_name text not null,
  created_at timestamptz not null, moved_at timestamptz not null, ready_at timestamptz, expires_at timestamptz,
  primary key (account_id, id), foreign key (account_id, customer_id) references customer(account_id, id) on delete cascade
);
create unique index customer_export_running on customer_export (account_id, customer_id) where state in ('waiting', 'running');
create index customer_export_of on customer_export (account_id, customer_id, id);
create index customer_export_unfinished on customer_export (moved_at) where state in ('waiting', 'running');
create index customer_export_to_expire on customer_export (expires_at) where state = 'ready';
-- Ended ones whose pieces may still lie in the store.
create index customer_export_to_clear on customer_export (moved_at) where state in ('cancelled', 'failed', 'expired') and part_keys <> '{}';
select protect_tenant('customer_export');

update role set permissions = permissions || array['customer.export'] where key in ('supervisor', 'admin') and not 'customer.export' = any(permissions);
