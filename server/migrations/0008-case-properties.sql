-- What belongs to a case beside its messages: kind, fields of the account's own, followers, mentions, promises, hand-over briefs; and changing many cases at once.

alter table cases
  add constraint cases_kind check (kind in ('question', 'request', 'problem', 'complaint', 'dispute', 'feedback')),
  -- When the first of the open promises falls due: lists show it without looking at the promises.
  add next_promise_at timestamptz,
  -- The hand-over brief that is pinned until somebody answers the customer.
  add brief_entry_id uuid;

alter table entry drop constraint entry_kind_check;
alter table entry add constraint entry_kind_check check (kind in ('message', 'note', 'change', 'brief'));

-- Fields an account adds to its cases. `options` of a choice: [{id, label, isRetired}]. `kinds`: for which kinds of cases it is shown, none for all.
create table case_field (
  account_id uuid not null references account(id), id uuid not null, name text not null, type text not null check (type in ('text', 'number', 'date', 'choice', 'yes_no', 'money')),
  options jsonb not null default '[]', currency text, kinds text[] not null default '{}', is_required boolean not null default false, is_retired boolean not null default false, position int not null, version int not null default 1, created_at timestamptz not null,
  primary key (account_id, id), check ((type = 'money') = (currency is not null))
);
create unique index case_field_by_name on case_field (account_id, lower(name));
select protect_tenant('case_field');

-- `value_key` is the value in one spelling (a date as 2026-03-02, money as EUR:1250, text in small letters and cut): equal values have equal keys, and a view finds its cases by it.
create table case_field_value (
  account_id uuid not null, case_id uuid not null, field_id uuid not null, value jsonb not null, value_key text not null,
  primary key (account_id, case_id, field_id), foreign key (account_id, case_id) references cases(account_id, id) on delete cascade, foreign key (account_id, field_id) references case_field(account_id, id)
);
create index case_field_value_by_key on case_field_value (account_id, field_id, value_key, case_id);
select protect_tenant('case_field_value');

create table case_follower (
  account_id uuid not null, case_id uuid not null, agent_id uuid not null, since timestamptz not null, primary key (account_id, case_id, agent_id),
  foreign key (account_id, case_id) references cases(account_id, id) on delete cascade, foreign key (account_id, agent_id) references agent(account_id, id) on delete cascade
);
create index case_follower_by_agent on case_follower (account_id, agent_id, case_id);
select protect_tenant('case_follower');

-- Who was mentioned in which note. `entry_id` is the note.
create table mention (
  account_id uuid not null, agent_id uuid not null, id uuid not null, case_id uuid not null, entry_id uuid not null, by_agent_id uuid, by_name text not null, at timestamptz not null, read_at timestamptz,
  primary key (account_id, agent_id, id), foreign key (account_id, case_id) references cases(account_id, id) on delete cascade, foreign key (account_id, agent_id) references agent(account_id, id) on delete cascade
);
create index mention_unread on mention (account_id, agent_id, id) where read_at is null;
create index mention_by_case on mention (account_id, case_id, agent_id);
select protect_tenant('mention');

-- `entry_id` is the message or note the promise was made with. `overdue_at`: when it was said that it is overdue.
create table promise (
  account_id uuid not null, case_id uuid not null, id uuid not null, text text not null, due_at timestamptz not null, state text not null default 'open' check (state in ('open', 'kept', 'broken', 'withdrawn')),
  made_by_id uuid, made_by_name text not null, made_at timestamptz not null, entry_id uuid, settled_by_name text, settled_at timestamptz, overdue_at timestamptz, version int not null default 1,
  primary key (account_id, case_id, id), foreign key (account_id, case_id) references cases(account_id, id) on delete cascade, check ((state = 'open') = (settled_at is null))
);
create index promise_falls_due on promise (due_at) where state = 'open' and overdue_at is null;
select protect_tenant('promise');

-- One change of many cases, and its way back. `permissions` and `case_scope` are what whoever started it might do then: an API key's ceiling outlives the request.
create table bulk_run (
  account_id uuid not null references account(id), id uuid not null, agent_id uuid not null, agent_name text not null, permissions text[] not null, case_scope text not null, action jsonb not null, selection jsonb not null,
  state text not null check (state in ('gathering', 'running', 'done', 'undoing', 'undone')), cursor text, is_cut boolean not null default false,
  total int not null default 0, done int not null default 0, changed int not null default 0, same int not null default 0, refused int not null default 0, restored int not null default 0, kept int not null default 0,
  created_at timestamptz not null, moved_at timestamptz not null, finished_at timestamptz, undo_until timestamptz,
  primary key (account_id, id), foreign key (account_id, agent_id) references agent(account_id, id) on delete cascade
);
create index bulk_run_by_agent on bulk_run (account_id, agent_id, id);
create index bulk_run_old on bulk_run (created_at);
create index bulk_run_unfinished on bulk_run (moved_at) where state in ('gathering', 'running', 'undoing');
select protect_tenant('bulk_run');

-- What became of each case. `before` and `after` hold what the run changed on it, for the way back.
create table bulk_item (
  account_id uuid not null, run_id uuid not null, place int not null, case_id uuid not null, state text not null default 'waiting' check (state in ('waiting', 'changed', 'same', 'refused', 'restored', 'kept')), code text, detail text, before jsonb, after jsonb,
  primary key (account_id, run_id, place), unique (account_id, run_id, case_id),
  foreign key (account_id, run_id) references bulk_run(account_id, id) on delete cascade, foreign key (account_id, case_id) references cases(account_id, id) on delete cascade
);
create index bulk_item_waiting on bulk_item (account_id, run_id, state, place);
create index bulk_item_by_case on bulk_item (account_id, case_id);
select protect_tenant('bulk_item');
