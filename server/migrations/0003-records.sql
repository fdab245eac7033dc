-- Records: customers and their identities, inboxes, the message ledger.

create table customer (
  account_id uuid not null references account(id), id uuid not null, name text not null, note text not null default '', locale text, version int not null default 1,
  search_text text not null default '', is_demo boolean not null default false, created_at timestamptz not null,
  primary key (account_id, id)
);
-- `search_text` holds the words of name and identities, folded by the application, so that any database locale finds the same.
create index customer_search on customer using gin (account_id, to_tsvector('simple', search_text)) with (gin_pending_list_limit = 256);
select protect_tenant('customer');

create table customer_identity (
  account_id uuid not null, id uuid not null, customer_id uuid not null, kind text not null, value text not null, verified_at timestamptz, created_at timestamptz not null,
  primary key (account_id, id), unique (account_id, kind, value), foreign key (account_id, customer_id) references customer(account_id, id) on delete cascade
);
create index customer_identity_by_customer on customer_identity (account_id, customer_id);
select protect_tenant('customer_identity');

-- Ids of customers whose words match, newest first, below `before`. Row-level security keeps the index above from being used (text search
-- operators are not leakproof), so this function stands outside it and looks at the caller's account itself.
-- A word so common that `many` customers have it is found by walking from the newest instead: either way the cost does not grow with the table.
create function find_customers(words tsquery, before uuid, wanted int) returns setof uuid language plpgsql stable security definer
set search_path = public, pg_temp set plan_cache_mode = force_generic_plan set enable_seqscan = off set jit = off as $$
declare
  account uuid := current_account();
  many constant int := 2000;
  found uuid[];
begin
  if account is null then raise exception 'find_customers needs an account'; end if;
  -- Materialised, so that the limit cannot talk the planner into another way; a part that is read only so far is also made only so far.
  with hit as materialized (select c.id from customer c where c.account_id = account and to_tsvector('simple', c.search_text) @@ words)
  select array_agg(h.id) into found from (select h.id from hit h limit many) h;
  if coalesce(cardinality(found), 0) < many then
    return query select f from unnest(found) f where f < before order by f desc limit wanted;
  else
    return query select c.id from customer c where c.account_id = account and c.id < before and to_tsvector('simple', c.search_text) @@ words order by c.id desc limit wanted;
  end if;
end $$;

create table inbox (
  account_id uuid not null references account(id), id uuid not null, channel text not null, name text not null, address text not null, team_id uuid, is_enabled boolean not null default true,
  settings jsonb not null, secrets bytea, health jsonb not null default '{"state":"waiting","detail":null,"checkedAt":null}', is_demo boolean not null default false, version int not null default 1, created_at timestamptz not null,
  primary key (account_id, id), foreign key (account_id, team_id) references team(account_id, id)
);
select protect_tenant('inbox');

-- The addresses an inbox answers to; a mail door looks them up before it knows the account, so the address comes first.
create table inbox_address (
  channel text not null, address text not null, account_id uuid not null, inbox_id uuid not null, primary key (channel, address),
  foreign key (account_id, inbox_id) references inbox(account_id, id) on delete cascade
);
create index inbox_address_by_inbox on inbox_address (account_id, inbox_id);
select protect_tenant('inbox_address');

-- Every message seen at a door and every one we sent. One row each, for good: the proof that nothing was lost.
create table ledger (
  account_id uuid not null references account(id), id uuid not null, direction text not null check (direction in ('in', 'out')), at timestamptz not null, inbox_id uuid, door text, message_id text, sender text not null, recipient text not null, subject text not null,
  bytes int not null, outcome text check (outcome in ('new_case', 'appended', 'duplicate', 'delivery_report', 'set_aside', 'ignored')),
  state text check (state in ('queued', 'sending', 'accepted', 'bounced', 'failed', 'unknown')), reason text, masked_card_numbers int not null default 0, case_id uuid, entry_id uuid, raw_key text, is_demo boolean not null default false,
  primary key (account_id, id), check ((direction = 'in') = (outcome is not null)), check ((direction = 'out') = (state is not null))
);
create unique index ledger_by_entry on ledger (account_id, entry_id) where direction = 'out';
create index ledger_by_outcome on ledger (account_id, outcome, id) where outcome in ('set_aside', 'duplicate', 'delivery_report', 'ignored');
create index ledger_by_state on ledger (account_id, state, id) where state <> 'accepted';
create index ledger_by_inbox on ledger (account_id, inbox_id, id);
select protect_tenant('ledger');

-- How many messages had each outcome or are in each state, as a sum of changes: writers only append, so they never wait for each other on a
-- counter row. A job folds the changes together.
create table ledger_tally (account_id uuid not null references account(id), id uuid not null default gen_random_uuid(), direction text not null, what text not null, change int not null, primary key (account_id, id));
select protect_tenant('ledger_tally');
create function tally_ledger() returns trigger language plpgsql as $$
begin
  if tg_op <> 'INSERT' then insert into ledger_tally (account_id, direction, what, change) values (old.account_id, old.direction, coalesce(old.outcome, old.state), -1); end if;
  if tg_op <> 'DELETE' then insert into ledger_tally (account_id, direction, what, change) values (new.account_id, new.direction, coalesce(new.outcome, new.state), 1); end if;
  return null;
end $$;
create trigger tally after insert or delete on ledger for each row execute function tally_ledger();
create trigger tally_changed after update on ledger for each row when (old.outcome is distinct from new.outcome or old.state is distinct from new.state) execute function tally_ledger();
