-- Who is there to work, what they know and how much at once they take.

-- Without a row an agent is offline. `heard_at`: when a browser of theirs was last known to be connected. `until_at`: when a wrap-up ends.
create table presence (
  account_id uuid not null, agent_id uuid not null, state text not null check (state in ('offline', 'away', 'available', 'wrap_up')), reason text, since timestamptz not null, until_at timestamptz, heard_at timestamptz not null,
  primary key (account_id, agent_id), foreign key (account_id, agent_id) references agent(account_id, id) on delete cascade,
  check ((state = 'wrap_up') = (until_at is not null)), check (reason is null or state = 'away')
);
create index presence_by_heard on presence (heard_at) where state <> 'offline';
create index presence_by_end on presence (until_at) where until_at is not null;
select protect_tenant('presence');

create table presence_change (
  account_id uuid not null, id uuid not null, agent_id uuid not null, state text not null, reason text, cause text not null check (cause in ('chosen', 'connection_lost', 'wrap_up_over', 'disabled')), by_name text, at timestamptz not null, until_at timestamptz,
  primary key (account_id, id), foreign key (account_id, agent_id) references agent(account_id, id) on delete cascade
);
create index presence_change_of_agent on presence_change (account_id, agent_id, id);
select protect_tenant('presence_change');
-- Append only, for the application too.
revoke update, delete on presence_change from rapport_app;

create table skill (account_id uuid not null references account(id), id uuid not null, name text not null, primary key (account_id, id));
create unique index skill_by_name on skill (account_id, lower(name));
select protect_tenant('skill');

create table agent_skill (
  account_id uuid not null, agent_id uuid not null, skill_id uuid not null, level smallint not null check (level between 1 and 5),
  primary key (account_id, agent_id, skill_id), foreign key (account_id, agent_id) references agent(account_id, id) on delete cascade, foreign key (account_id, skill_id) references skill(account_id, id) on delete cascade
);
create index agent_skill_by_skill on agent_skill (account_id, skill_id, level);
select protect_tenant('agent_skill');

-- How many chats and mails at once. An agent without a row takes what the account says.
create table agent_capacity (
  account_id uuid not null, agent_id uuid not null, chats smallint not null check (chats between 0 and 50), mails smallint not null check (mails between 0 and 500),
  primary key (account_id, agent_id), foreign key (account_id, agent_id) references agent(account_id, id) on delete cascade
);
select protect_tenant('agent_capacity');

create table workforce_setting (
  account_id uuid not null references account(id), chats smallint not null check (chats between 0 and 50), mails smallint not null check (mails between 0 and 500), away_reasons text[] not null, version int not null, primary key (account_id)
);
select protect_tenant('workforce_setting');

update role set permissions = permissions || '{presence.manage}' where key in ('lead', 'supervisor', 'admin') and not 'presence.manage' = any(permissions);
