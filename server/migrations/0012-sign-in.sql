-- Sign-in: a company's own sign-in (OpenID Connect), passkeys, who needs a second factor, how long sessions last, ids from outside.

-- An account without a row has the usual values, which stand in the room's code.
create table sign_in_policy (
  account_id uuid not null primary key references account(id), idle_minutes int not null check (idle_minutes between 5 and 129600), longest_minutes int not null check (longest_minutes between 15 and 525600),
  most_sessions int check (most_sessions between 1 and 100), grace_days int not null check (grace_days between 0 and 90)
);
select protect_tenant('sign_in_policy');

-- Since when whoever has this role needs a second factor; and since when somebody has the role, because the time to set one up begins with the later of the two.
alter table role add column second_factor_since timestamptz;
alter table agent add column role_since timestamptz, add column external_id text check (length(external_id) > 0);
create unique index agent_by_external_id on agent (account_id, external_id) where external_id is not null;

-- How somebody came in, with how many factors, and when they last proved who they are. `proved_at` of older sessions is their beginning.
alter table session add column method text not null default 'password' check (method in ('password', 'passkey', 'company')), add column factors smallint not null default 1 check (factors in (1, 2)),
  add column proved_at timestamptz, add column sealed_id_token bytea;
update session s set factors = 2 from agent a join login l on l.id = a.login_id where a.account_id = s.account_id and a.id = s.agent_id and l.totp_secret is not null;

-- Passkeys belong to a person, not to an account, and are out of reach for an account's transaction.
alter table login add column has_passkey boolean not null default false;
grant select (has_passkey) on login to rapport_app;
create table passkey (
  id uuid primary key, login_id uuid not null references login(id) on delete cascade, credential_id text not null unique, public_key bytea not null, counter bigint not null, transports text[] not null,
  name text not null, is_synced boolean not null, created_at timestamptz not null, last_used_at timestamptz
);
create index passkey_by_login on passkey (login_id);
-- Each is used once. Losing them costs whoever is signing in a second click.
create table passkey_challenge (id uuid primary key, purpose text not null check (purpose in ('add', 'sign-in', 'prove')), challenge text not null, session_id uuid, expires_at timestamptz not null);
revoke all on passkey, passkey_challenge from rapport_app;

-- The company's own sign-in. It speaks for people of these domains and opens this account only, whatever else the person signs in to.
create table oidc_provider (
  account_id uuid not null primary key references account(id), name text not null, issuer text not null, client_id text not null, sealed_secret bytea, is_enabled boolean not null, is_enforced boolean not null,
  joining_role_id uuid, end_session_endpoint text, updated_at timestamptz not null, foreign key (account_id, joining_role_id) references role(account_id, id)
);
select protect_tenant('oidc_provider');
create table oidc_domain (account_id uuid not null references oidc_provider(account_id) on delete cascade, domain text not null check (domain = lower(domain)), primary key (account_id, domain));
-- A domain leads to one company, or somebody could put their own sign-in page before the people of another.
create unique index oidc_domain_leads_to_one on oidc_domain (domain);
select protect_tenant('oidc_domain');

create table oidc_link (
  account_id uuid not null references account(id), issuer text not null, subject text not null, agent_id uuid not null, email text not null, created_at timestamptz not null, last_used_at timestamptz,
  primary key (account_id, issuer, subject), unique (account_id, agent_id), foreign key (account_id, agent_id) references agent(account_id, id) on delete cascade
);
select protect_tenant('oidc_link');

-- Somebody who has been sent to the company's sign-in and has not come back yet ('sign-in', 'link', 'prove'), or came back and has to prove once that the Rapport sign-in is theirs too ('join').
create table oidc_flow (
  account_id uuid not null references account(id), id uuid not null, purpose text not null check (purpose in ('sign-in', 'link', 'prove', 'join')), token_hash bytea not null, browser_hash bytea, issuer text not null,
  nonce text, sealed_verifier bytea, session_id uuid, agent_id uuid, subject text, email text, sealed_id_token bytea, started_at timestamptz not null, expires_at timestamptz not null,
  primary key (account_id, id), unique (account_id, token_hash), foreign key (account_id, agent_id) references agent(account_id, id) on delete cascade
);
select protect_tenant('oidc_flow');
