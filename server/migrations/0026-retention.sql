-- After how long the words of solved cases are erased, or the cases themselves. A rule of an inbox stands before the account's.
create table retention_policy (
  account_id uuid not null references account(id) primary key, action text not null check (action in ('keep', 'words', 'case')), days int not null check (days > 0), keep_tags text[] not null default '{}', removes_customers boolean not null default true,
  -- To whom cases belong whose customer is no longer told.
  placeholder_id uuid not null, version int not null default 1, by_name text not null, changed_at timestamptz not null
);
select protect_tenant('retention_policy');

create table retention_rule (
  account_id uuid not null, inbox_id uuid not null, action text not null check (action in ('keep', 'words', 'case')), days int not null check (days > 0), primary key (account_id, inbox_id),
  foreign key (account_id, inbox_id) references inbox(account_id, id) on delete cascade
);
select protect_tenant('retention_rule');

-- One night's work, counted in the transactions that did it.
create table retention_run (
  account_id uuid not null references account(id), id uuid not null, state text not null default 'running' check (state in ('running', 'done')), words int not null default 0, cases int not null default 0, messages int not null default 0, files int not null default 0,
  customers int not null default 0, held int not null default 0, failed int not null default 0, started_at timestamptz not null, moved_at timestamptz not null, ended_at timestamptz, primary key (account_id, id)
);
create unique index retention_run_running on retention_run (account_id) where state = 'running';
select protect_tenant('retention_run');

-- When the words of a case were erased.
alter table cases add erased_at timestamptz;
create index cases_to_retain on cases (account_id, inbox_id, resolved_at, id) where resolved_at is not null and erased_at is null and merged_into_id is null and removed_as is null;
