-- Answering faster: formatted drafts, saved replies and macros.

-- The formatted words of a draft; null when they are plain. `body` is the text made from them.
alter table draft add column html text;

-- Saved replies and macros stand in folders, and the folder says whose they are: one agent's, a team's, or everybody's.
create table macro_folder (
  account_id uuid not null references account(id), id uuid not null, name text not null, audience text not null check (audience in ('personal', 'team', 'everyone')), owner_id uuid, team_id uuid, created_at timestamptz not null,
  primary key (account_id, id), check ((audience = 'personal') = (owner_id is not null)), check ((audience = 'team') = (team_id is not null)),
  foreign key (account_id, owner_id) references agent(account_id, id) on delete cascade, foreign key (account_id, team_id) references team(account_id, id) on delete cascade
);
create unique index macro_folder_by_name on macro_folder (account_id, audience, coalesce(owner_id, team_id, account_id), lower(name));
select protect_tenant('macro_folder');

-- `content` is what the contract calls macroContent: the texts with their conditions, and the actions.
create table macro (
  account_id uuid not null, id uuid not null, folder_id uuid not null, name text not null, content jsonb not null, is_shipped boolean not null default false, version int not null default 1,
  created_at timestamptz not null, updated_at timestamptz not null, updated_by_id uuid, updated_by_name text not null,
  primary key (account_id, id), foreign key (account_id, folder_id) references macro_folder(account_id, id) on delete cascade
);
create unique index macro_by_name on macro (account_id, folder_id, lower(name));
select protect_tenant('macro');

-- Every version, the newest included: who changed it, when, and how it read.
create table macro_version (
  account_id uuid not null, macro_id uuid not null, version int not null, name text not null, content jsonb not null, changed_by_id uuid, changed_by_name text not null, changed_at timestamptz not null,
  primary key (account_id, macro_id, version), foreign key (account_id, macro_id) references macro(account_id, id) on delete cascade
);
select protect_tenant('macro_version');

-- How often a macro was used and when last, as a sum of rows: whoever uses one only adds a row, so nobody waits for a counter. A job folds them together.
create table macro_use (
  account_id uuid not null, id uuid not null default gen_random_uuid(), macro_id uuid not null, uses int not null, last_used_at timestamptz not null,
  primary key (account_id, id), foreign key (account_id, macro_id) references macro(account_id, id) on delete cascade
);
create index macro_use_by_macro on macro_use (account_id, macro_id);
select protect_tenant('macro_use');

-- Roles that lead others write for others.
update role set permissions = permissions || '{macro.manage}' where key in ('lead', 'supervisor', 'admin') and not 'macro.manage' = any(permissions);
