-- Records: customers and their identities, inboxes, the message ledger.

create table customer (
  account_id uuid not null references account(id), id uuid not null, name text not null, note text not null default '', locale text, version int not null default 1, is_demo boolean not null default false, created_at timestamptz not null,
  primary key (account_id, id)
);
select protect_tenant('customer');

create table customer_identity (
  account_id uuid not null, id uuid not null, customer_id uuid not null, kind text not null, value text not null, verified_at timestamptz, created_at timestamptz not null,
  primary key (account_id, id), unique (account_id, kind, value), foreign key (account_id, customer_id) references customer(account_id, id) on delete cascade
);
create index customer_identity_by_customer on customer_identity (account_id, customer_id);
select protect_tenant('customer_identity');

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
  bytes int not null, outcome text, state text, reason text, masked_card_numbers int not null default 0, case_id uuid, entry_id uuid, raw_key text, is_demo boolean not null default false,
  primary key (account_id, id), check ((direction = 'in') = (outcome is not null)), check ((direction = 'out') = (state is not null))
);
create index ledger_by_entry on ledger (account_id, entry_id) where direction = 'out';
create index ledger_by_outcome on ledger (account_id, outcome, id desc) where outcome in ('set_aside', 'duplicate', 'delivery_report', 'ignored');
create index ledger_by_state on ledger (account_id, state, id desc) where state <> 'accepted';
select protect_tenant('ledger');
