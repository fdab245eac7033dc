-- Integrations: addresses that are told of events, and what became of each telling.

-- An endpoint sees what the agent it acts for sees. `secret` is sealed; after a rotation the old one signs beside the new until `old_secret_until`.
-- `drainer` is the run that sends now, and nobody else does until `draining_until`; `paused_until` is set when the receiver does not answer.
create table webhook_endpoint (
  account_id uuid not null references account(id), id uuid not null, name text not null, url text not null, topics text[] not null, include_resource boolean not null default false, agent_id uuid not null,
  is_enabled boolean not null default true, off_reason text check (off_reason in ('by_hand', 'failing', 'gone', 'agent_left')), secret bytea not null, old_secret bytea, old_secret_until timestamptz,
  failing_since timestamptz, failures int not null default 0, paused_until timestamptz, drainer uuid, draining_until timestamptz, version int not null default 1, created_at timestamptz not null,
  primary key (account_id, id), check (is_enabled = (off_reason is null)), foreign key (account_id, agent_id) references agent(account_id, id) on delete cascade
);
select protect_tenant('webhook_endpoint');

-- One event for one endpoint. Pointers only: what is told of a case or customer is read at the moment of sending and not kept.
create table webhook_delivery (
  account_id uuid not null, endpoint_id uuid not null, event_id uuid not null, topic text not null, payload jsonb not null, event_at timestamptz not null, case_id uuid, customer_id uuid,
  state text not null default 'waiting' check (state in ('waiting', 'delivered', 'failed')), attempts int not null default 0, next_at timestamptz not null, give_up_at timestamptz not null, created_at timestamptz not null, ended_at timestamptz,
  primary key (account_id, endpoint_id, event_id), foreign key (account_id, endpoint_id) references webhook_endpoint(account_id, id) on delete cascade,
  foreign key (account_id, case_id) references cases(account_id, id) on delete cascade, foreign key (account_id, customer_id) references customer(account_id, id) on delete cascade
);
create index webhook_delivery_due on webhook_delivery (account_id, endpoint_id, event_id) where state = 'waiting';
create index webhook_delivery_in_order on webhook_delivery (account_id, endpoint_id, case_id, event_id) where state = 'waiting';
create index webhook_delivery_by_case on webhook_delivery (account_id, case_id);
create index webhook_delivery_by_customer on webhook_delivery (account_id, customer_id);
create index webhook_delivery_by_time on webhook_delivery using brin (created_at) with (pages_per_range = 32, autosummarize = on);
select protect_tenant('webhook_delivery');

-- Every try, with the beginning of the answer.
create table webhook_attempt (
  account_id uuid not null, endpoint_id uuid not null, event_id uuid not null, id uuid not null, at timestamptz not null, status int, duration_ms int not null, answer text not null default '', trouble text,
  primary key (account_id, endpoint_id, event_id, id), foreign key (account_id, endpoint_id, event_id) references webhook_delivery(account_id, endpoint_id, event_id) on delete cascade
);
select protect_tenant('webhook_attempt');

-- A notice that an endpoint was turned off goes to the one it acts for.
alter table system_mail drop constraint system_mail_kind_check;
alter table system_mail add constraint system_mail_kind_check check (kind in ('invitation', 'reset', 'notice'));

update role set permissions = permissions || '{webhook.manage}' where key = 'admin' and not 'webhook.manage' = any(permissions);
