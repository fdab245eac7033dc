-- Ground floor: the role every request runs under, the outbox, and small tables the platform needs.

create extension if not exists btree_gin;
create extension if not exists unaccent;

-- Requests run as this role: it owns nothing and cannot bypass row-level security. Roles belong to the whole cluster, so it may exist already.
do $$ begin
  if not exists (select from pg_roles where rolname = 'rapport_app') then
    create role rapport_app nologin nosuperuser nobypassrls nocreatedb nocreaterole;
  end if;
exception when duplicate_object or unique_violation then null; -- another database of this cluster was quicker
end $$;
do $$ begin
  if not pg_has_role(current_user, 'rapport_app', 'set') then execute format('grant rapport_app to %I', current_user); end if;
exception when undefined_function or invalid_parameter_value then execute format('grant rapport_app to %I', current_user); -- before PostgreSQL 16 there is no SET privilege
end $$;
grant usage on schema public to rapport_app;
alter default privileges in schema public grant select, insert, update, delete on tables to rapport_app;
alter default privileges in schema public grant execute on functions to rapport_app;

-- The account the transaction works for; without one, row-level security shows nothing.
create function current_account() returns uuid language sql stable parallel safe as
$$ select nullif(current_setting('app.account_id', true), '')::uuid $$;

-- Called by every migration that makes a tenant table.
create function protect_tenant(target regclass) returns void language plpgsql as $$
begin
  execute format('alter table %s enable row level security', target);
  execute format('create policy tenant on %s using (account_id = (select current_account())) with check (account_id = (select current_account()))', target);
end $$;

create table account (
  id uuid primary key, name text not null, is_demo boolean not null default false, next_case_number bigint not null default 1, settings jsonb not null default '{}', created_at timestamptz not null
);
alter table account enable row level security;
create policy tenant on account using (id = (select current_account())) with check (id = (select current_account()));

-- The outbox. `xid` orders what committed: readers take rows below pg_snapshot_xmin, which can never be joined by an older row later.
create table event (
  account_id uuid not null references account(id), id uuid not null, xid xid8 not null default pg_current_xact_id(), topic text not null,
  payload jsonb not null, created_at timestamptz not null, primary key (account_id, id)
);
create index event_by_xid on event (xid, id);
select protect_tenant('event');

-- The outbox's own state, one row. `xid` and `id`: how far events have been handed to the listeners' jobs. `pruned_xid`: the newest transaction whose events
-- may have been removed; who wants to go on from before it has missed something. `cluster`: the server these transaction numbers belong to.
create table event_relay (
  is_only boolean primary key default true check (is_only), xid xid8 not null default '0', id uuid not null default '00000000-0000-0000-0000-000000000000', pruned_xid xid8 not null default '0', cluster text
);
insert into event_relay default values;

-- One row for each (listener, event) whose effect is in the database, written in the same transaction as the effect.
create table event_handled (
  account_id uuid not null references account(id), listener text not null, event_id uuid not null, handled_at timestamptz not null default now(), primary key (account_id, listener, event_id)
);
select protect_tenant('event_handled');
-- For clearing away old rows; such an index costs a writer next to nothing.
create index event_handled_by_time on event_handled using brin (handled_at) with (pages_per_range = 32, autosummarize = on);

create table idempotency_key (
  account_id uuid not null references account(id), agent_id uuid not null, key text not null, request_hash bytea not null, status int, answer jsonb, created_at timestamptz not null, primary key (account_id, agent_id, key)
);
create index idempotency_key_by_age on idempotency_key (created_at);
select protect_tenant('idempotency_key');
create index idempotency_key_by_time on idempotency_key using brin (created_at) with (pages_per_range = 32, autosummarize = on);

-- Global, because most limits apply before anybody has signed in. Losing it in a crash is harmless.
create unlogged table rate_limit (bucket text primary key, window_start timestamptz not null, hits int not null);

-- Work that only one process may do at a time (an IMAP mailbox, the event relay): a lease that runs out when its holder dies.
create table lease (name text primary key, holder text not null, expires_at timestamptz not null);

revoke all on event_relay, lease from rapport_app;
