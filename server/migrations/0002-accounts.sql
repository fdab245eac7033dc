-- People: sign-in, agents, teams, roles, API keys, audit.

-- Global: one person may serve several accounts with one password.
create table login (
  id uuid primary key, email text not null unique check (email = lower(email)), password_hash text, totp_secret bytea, totp_pending bytea, totp_last_step bigint, created_at timestamptz not null, password_changed_at timestamptz,
  has_second_factor boolean not null generated always as (totp_secret is not null) stored
);
create table recovery_code (login_id uuid not null references login(id) on delete cascade, code_hash bytea not null, used_at timestamptz, primary key (login_id, code_hash));

create table role (
  account_id uuid not null references account(id), id uuid not null, key text, name text not null, permissions text[] not null, case_scope text not null check (case_scope in ('own', 'team', 'all')), created_at timestamptz not null,
  primary key (account_id, id), unique (account_id, name)
);
select protect_tenant('role');

create table agent (
  account_id uuid not null references account(id), id uuid not null, login_id uuid references login(id), email text not null, name text not null, role_id uuid not null, is_bot boolean not null default false,
  locale text not null default 'en', state text not null default 'active' check (state in ('active', 'invited', 'disabled')), is_demo boolean not null default false, created_at timestamptz not null,
  primary key (account_id, id), unique (account_id, email), foreign key (account_id, role_id) references role(account_id, id)
);
create index agent_by_login on agent (login_id);
select protect_tenant('agent');

-- Password hashes and second factors are out of reach for a request that works in an account: it sees who has a second factor among its own people and may add a newcomer, no more.
revoke all on login, recovery_code from rapport_app;
grant select (id, has_second_factor), insert (id, email, password_hash, created_at, password_changed_at) on login to rapport_app;
alter table login enable row level security;
create policy own_people on login for select using (exists (select from agent where agent.login_id = login.id));
create policy newcomer on login for insert with check (true);

create table team (account_id uuid not null references account(id), id uuid not null, name text not null, is_demo boolean not null default false, created_at timestamptz not null, primary key (account_id, id), unique (account_id, name));
select protect_tenant('team');

create table team_member (
  account_id uuid not null, team_id uuid not null, agent_id uuid not null, primary key (account_id, team_id, agent_id),
  foreign key (account_id, team_id) references team(account_id, id) on delete cascade, foreign key (account_id, agent_id) references agent(account_id, id) on delete cascade
);
create index team_member_by_agent on team_member (account_id, agent_id);
select protect_tenant('team_member');

-- Tokens carry their account, so that a look-up names it; only the SHA-256 of the secret part is kept.
create table session (
  account_id uuid not null references account(id), id uuid not null, agent_id uuid not null, token_hash bytea not null, client text not null, address text not null,
  created_at timestamptz not null, last_seen_at timestamptz not null, expires_at timestamptz not null, primary key (account_id, id), unique (account_id, token_hash),
  foreign key (account_id, agent_id) references agent(account_id, id) on delete cascade
);
create index session_by_agent on session (account_id, agent_id);
select protect_tenant('session');

-- A key made for a colleague carries a ceiling: it never reaches further than its maker could give on that day, whatever the colleague becomes later.
create table api_key (
  account_id uuid not null references account(id), id uuid not null, agent_id uuid not null, name text not null, prefix text not null, token_hash bytea not null, created_at timestamptz not null, created_by uuid, last_used_at timestamptz, expires_at timestamptz,
  ceiling_permissions text[], ceiling_scope text check (ceiling_scope in ('own', 'team', 'all')), check ((ceiling_permissions is null) = (ceiling_scope is null)),
  primary key (account_id, id), unique (account_id, token_hash), foreign key (account_id, agent_id) references agent(account_id, id) on delete cascade
);
select protect_tenant('api_key');

-- Mailed links: invitations and password resets. Single use.
create table mailed_link (
  account_id uuid not null references account(id), id uuid not null, agent_id uuid not null, kind text not null check (kind in ('invitation', 'reset')), token_hash bytea not null, expires_at timestamptz not null, used_at timestamptz, created_at timestamptz not null,
  primary key (account_id, id), unique (account_id, token_hash), foreign key (account_id, agent_id) references agent(account_id, id) on delete cascade
);
select protect_tenant('mailed_link');

-- Invitations and resets on their way to a mailbox. The text carries the link, so it is sealed, and gone once the mail is sent.
create table system_mail (
  account_id uuid not null references account(id), id uuid not null, kind text not null check (kind in ('invitation', 'reset')), recipient text not null, subject text not null, sealed_text bytea,
  state text not null default 'queued' check (state in ('queued', 'sending', 'sent', 'failed')), attempts int not null default 0, next_attempt_at timestamptz not null, send_before timestamptz not null, reason text,
  created_at timestamptz not null, finished_at timestamptz, primary key (account_id, id), check ((state in ('queued', 'sending')) = (sealed_text is not null))
);
create index system_mail_due on system_mail (next_attempt_at) where state in ('queued', 'sending');
select protect_tenant('system_mail');

create table audit_record (
  account_id uuid not null references account(id), id uuid not null, at timestamptz not null, actor text not null, action text not null, target text, address text, detail jsonb not null default '{}', primary key (account_id, id)
);
select protect_tenant('audit_record');
-- Append only, for the application too.
revoke update, delete on audit_record from rapport_app;

-- The first-run wizard puts its one row here: of two people who set up at the same moment, the second waits for the first and is then refused.
create table installation (is_only boolean primary key default true check (is_only), account_id uuid not null references account(id), created_at timestamptz not null);
revoke all on installation from rapport_app;
grant select, insert on installation to rapport_app;
