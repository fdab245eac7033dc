-- The desk: cases, their timeline, and how incoming messages find them.

create table cases (
  account_id uuid not null references account(id), id uuid not null, number bigint not null, subject text not null, channel text not null, inbox_id uuid not null, customer_id uuid not null,
  status text not null check (status in ('new', 'open', 'pending', 'on_hold', 'resolved', 'closed')), priority text not null default 'normal' check (priority in ('low', 'normal', 'high', 'urgent')),
  kind text not null default 'question', assignee_id uuid, team_id uuid, tags text[] not null default '{}', snoozed_until timestamptz,
  shelf text not null generated always as (case when snoozed_until is not null and status in ('new', 'open', 'pending', 'on_hold') then 'snoozed' when status = 'new' then 'open' else status end) stored,
  waiting_since timestamptz, last_activity_at timestamptz not null, last_entry_id uuid, preview text not null default '', message_count int not null default 0, follows_case_id uuid, resolved_at timestamptz,
  version int not null default 1, is_demo boolean not null default false, created_at timestamptz not null,
  primary key (account_id, id), unique (account_id, number),
  foreign key (account_id, inbox_id) references inbox(account_id, id), foreign key (account_id, customer_id) references customer(account_id, id),
  foreign key (account_id, assignee_id) references agent(account_id, id), foreign key (account_id, team_id) references team(account_id, id)
) with (fillfactor = 85);
-- One index for each list the workspace offers; each is read by keyset in either direction.
create index cases_by_shelf on cases (account_id, shelf, last_activity_at, id);
create index cases_by_assignee on cases (account_id, assignee_id, shelf, last_activity_at, id);
create index cases_by_team on cases (account_id, team_id, shelf, last_activity_at, id);
create index cases_by_customer on cases (account_id, customer_id, id);
create index cases_to_wake on cases (snoozed_until) where snoozed_until is not null;
select protect_tenant('cases');

-- The timeline: append only, ordered by its UUIDv7.
create table entry (
  account_id uuid not null, case_id uuid not null, id uuid not null, kind text not null check (kind in ('message', 'note', 'change')), direction text check (direction in ('in', 'out')),
  author_kind text not null check (author_kind in ('customer', 'agent', 'bot', 'system')), author_id uuid, author_name text not null, occurred_at timestamptz not null, created_at timestamptz not null,
  body text not null default '', html text, detail jsonb not null default '{}', search_text text, raw_key text, dedupe_key text,
  delivery_state text, delivery_reason text, delivery_attempts int not null default 0, next_attempt_at timestamptz,
  primary key (account_id, case_id, id), foreign key (account_id, case_id) references cases(account_id, id) on delete cascade
);
create index entry_search on entry using gin (account_id, to_tsvector('simple', search_text)) where search_text is not null;
create index entry_undelivered on entry (account_id, delivery_state, id) where delivery_state in ('queued', 'sending', 'failed', 'bounced', 'unknown');
select protect_tenant('entry');

-- `entry_id` is null while a file waits in a draft; `uploaded_by` may then use it.
create table attachment (
  account_id uuid not null, case_id uuid not null, id uuid not null, entry_id uuid, filename text not null, media_type text not null, bytes bigint not null, file_key text not null, content_id text, is_inline boolean not null default false, uploaded_by uuid, created_at timestamptz not null,
  primary key (account_id, case_id, id), foreign key (account_id, case_id) references cases(account_id, id) on delete cascade
);
create index attachment_by_entry on attachment (account_id, case_id, entry_id);
create index attachment_unused on attachment (created_at) where entry_id is null;
select protect_tenant('attachment');

-- Everybody who takes part in a case, by address.
create table participant (
  account_id uuid not null, case_id uuid not null, address text not null, name text, customer_id uuid, added_at timestamptz not null,
  primary key (account_id, case_id, address), foreign key (account_id, case_id) references cases(account_id, id) on delete cascade
);
select protect_tenant('participant');

-- What came in already: the one guard against doubles, whatever the door.
create table received (
  account_id uuid not null, inbox_id uuid not null, dedupe_key text not null, case_id uuid, entry_id uuid, at timestamptz not null, primary key (account_id, inbox_id, dedupe_key),
  foreign key (account_id, inbox_id) references inbox(account_id, id) on delete cascade
);
select protect_tenant('received');

-- A thread: an address on a channel by which what comes in finds its case. For mail, Message-IDs: our own, the customer's,
-- and those a reply referred to before its first message arrived.
create table thread (
  account_id uuid not null, inbox_id uuid not null, key text not null, case_id uuid not null, primary key (account_id, inbox_id, key),
  foreign key (account_id, case_id) references cases(account_id, id) on delete cascade
);
create index thread_by_case on thread (account_id, case_id);
select protect_tenant('thread');

create table draft (
  account_id uuid not null, case_id uuid not null, agent_id uuid not null, mode text not null check (mode in ('reply', 'note')), body text not null, recipients jsonb not null default '{}', attachment_ids uuid[] not null default '{}', revision int not null, updated_at timestamptz not null,
  primary key (account_id, case_id, agent_id, mode), foreign key (account_id, case_id) references cases(account_id, id) on delete cascade, foreign key (account_id, agent_id) references agent(account_id, id) on delete cascade
);
select protect_tenant('draft');

create table case_read (
  account_id uuid not null, agent_id uuid not null, case_id uuid not null, entry_id uuid not null, primary key (account_id, agent_id, case_id),
  foreign key (account_id, case_id) references cases(account_id, id) on delete cascade
);
select protect_tenant('case_read');

create table tag (account_id uuid not null references account(id), name text not null, primary key (account_id, name));
select protect_tenant('tag');

-- How many cases lie on each shelf, by team and assignee, as a sum of changes: writers only append, so they never wait for
-- each other on a shared counter row. A job folds the changes together.
create table case_tally (account_id uuid not null references account(id), id uuid not null default gen_random_uuid(), team_id uuid, assignee_id uuid, shelf text not null, change int not null, primary key (account_id, id));
select protect_tenant('case_tally');
create function tally_case() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' then
    if (old.shelf, old.team_id, old.assignee_id) is not distinct from (new.shelf, new.team_id, new.assignee_id) then return null; end if;
  end if;
  if tg_op <> 'INSERT' then insert into case_tally (account_id, team_id, assignee_id, shelf, change) values (old.account_id, old.team_id, old.assignee_id, old.shelf, -1); end if;
  if tg_op <> 'DELETE' then insert into case_tally (account_id, team_id, assignee_id, shelf, change) values (new.account_id, new.team_id, new.assignee_id, new.shelf, 1); end if;
  return null;
end $$;
create trigger tally after insert or update or delete on cases for each row execute function tally_case();
