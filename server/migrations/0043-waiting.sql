-- The waiting lines: queues, what waits in them, who was asked, and how long people were told it would take.

-- A removed queue stays for what has been in it.
create table queue (
  account_id uuid not null references account(id), id uuid not null, name text not null, channels text[] not null, team_id uuid, calendar_id uuid, priority smallint not null check (priority between 0 and 120), skills jsonb not null,
  accept_seconds int not null check (accept_seconds >= 0), preferred_seconds int not null check (preferred_seconds >= 0), offline_seconds int not null check (offline_seconds >= 0), max_length int check (max_length > 0),
  overflow_seconds int check (overflow_seconds > 0), overflow_queue_id uuid, is_open boolean not null, version int not null, updated_at timestamptz not null, removed_at timestamptz,
  primary key (account_id, id), foreign key (account_id, team_id) references team(account_id, id) on delete set null (team_id), foreign key (account_id, calendar_id) references calendar(account_id, id) on delete set null (calendar_id),
  foreign key (account_id, overflow_queue_id) references queue(account_id, id) on delete set null (overflow_queue_id)
);
create unique index queue_by_name on queue (account_id, lower(name)) where removed_at is null;
select protect_tenant('queue');

-- `since`: since when it has waited, kept however often it goes back. `rank_at`: `since`, earlier by a minute for each step of priority; the line is in this order. `key`: by which a channel knows it again, once
-- among what is not over. `kind`: what asks the same of whoever takes it, so that a line is read as a few lines of one kind each. `team_id`: who may be asked. `overdue_at`: when it had waited as long as its queue lets it.
create table work_item (
  account_id uuid not null, id uuid not null, queue_id uuid not null, channel text not null, load text not null check (load in ('mails', 'chats', 'whole')), key text not null, case_id uuid, customer_id uuid, team_id uuid, priority smallint not null check (priority between 0 and 120),
  skills jsonb not null, since timestamptz not null, rank_at timestamptz not null, state text not null check (state in ('waiting', 'offered', 'taken', 'done', 'left')), agent_id uuid, preferred_agent_id uuid, overdue_at timestamptz, taken_at timestamptz, ended_at timestamptz,
  kind text not null generated always as (md5(coalesce(team_id::text, '') || ' ' || load || ' ' || skills::text)) stored,
  primary key (account_id, id), foreign key (account_id, queue_id) references queue(account_id, id), foreign key (account_id, case_id) references cases(account_id, id) on delete cascade,
  foreign key (account_id, customer_id) references customer(account_id, id) on delete set null (customer_id), foreign key (account_id, team_id) references team(account_id, id) on delete set null (team_id),
  foreign key (account_id, agent_id) references agent(account_id, id), foreign key (account_id, preferred_agent_id) references agent(account_id, id) on delete set null (preferred_agent_id),
  check ((agent_id is not null) = (state in ('offered', 'taken', 'done'))), check ((ended_at is not null) = (state in ('done', 'left')))
);
create index work_item_line on work_item (account_id, queue_id, rank_at, id) where state = 'waiting';
create index work_item_kind on work_item (account_id, queue_id, kind, rank_at, id) where state = 'waiting';
create index work_item_preferring on work_item (account_id, preferred_agent_id, rank_at) where state = 'waiting' and preferred_agent_id is not null;
create index work_item_in_hand on work_item (account_id, agent_id) where state in ('offered', 'taken');
create unique index work_item_by_key on work_item (account_id, key) where state in ('waiting', 'offered', 'taken');
create index work_item_of_case on work_item (account_id, case_id) where state in ('waiting', 'offered', 'taken');
create index work_item_handled on work_item (account_id, queue_id, ended_at) where state = 'done';
create index work_item_ended on work_item (ended_at) where ended_at is not null;
create index work_item_by_customer on work_item (account_id, customer_id) where customer_id is not null;
create index work_item_by_case on work_item (account_id, case_id) where case_id is not null;
select protect_tenant('work_item');

create table offer (
  account_id uuid not null, id uuid not null, item_id uuid not null, agent_id uuid not null, offered_at timestamptz not null, expires_at timestamptz not null, ended_at timestamptz, outcome text check (outcome in ('accepted', 'declined', 'expired', 'withdrawn')),
  primary key (account_id, id), foreign key (account_id, item_id) references work_item(account_id, id) on delete cascade, foreign key (account_id, agent_id) references agent(account_id, id) on delete cascade, check ((outcome is null) = (ended_at is null))
);
-- One question at a time: about a thing, and to a person.
create unique index offer_open_of_item on offer (account_id, item_id) where outcome is null;
create unique index offer_open_of_agent on offer (account_id, agent_id) where outcome is null;
create index offer_of_item on offer (account_id, item_id);
create index offer_refused on offer (account_id, ended_at) where outcome in ('declined', 'expired');
create index offer_due on offer (account_id, expires_at) where outcome is null;
select protect_tenant('offer');

-- When an agent last took something on or was done with it: who has been idle for longest comes first.
create table agent_turn (account_id uuid not null, agent_id uuid not null, at timestamptz not null, primary key (account_id, agent_id), foreign key (account_id, agent_id) references agent(account_id, id) on delete cascade);
select protect_tenant('agent_turn');

-- What was said when something came into the line, and how long it did take until it was first taken.
create table wait_estimate (
  account_id uuid not null, item_id uuid not null, queue_id uuid not null, at timestamptz not null, position int not null, serving int not null, handled_seconds real, low_seconds int, high_seconds int, waited_seconds int,
  primary key (account_id, item_id), foreign key (account_id, item_id) references work_item(account_id, id) on delete cascade, foreign key (account_id, queue_id) references queue(account_id, id)
);
create index wait_estimate_by_time on wait_estimate (account_id, queue_id, at);
select protect_tenant('wait_estimate');

-- Whoever does not answer what is offered to them counts as away.
alter table presence_change drop constraint presence_change_cause_check;
alter table presence_change add constraint presence_change_cause_check check (cause in ('chosen', 'connection_lost', 'wrap_up_over', 'disabled', 'no_answer')) not valid;
alter table presence_change validate constraint presence_change_cause_check;

update role set permissions = permissions || '{wall.read}' where key in ('lead', 'supervisor', 'admin') and not 'wall.read' = any(permissions);
update role set permissions = permissions || '{queue.manage}' where key in ('supervisor', 'admin') and not 'queue.manage' = any(permissions);
