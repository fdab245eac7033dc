-- Mail in: somebody who was sent to a mail provider to let an inbox in, and has not come back yet. Each row is used once.
create table mail_sign_in (
  account_id uuid not null, state_hash bytea not null, inbox_id uuid not null, agent_id uuid not null, sealed_verifier bytea not null, issuer text not null, client_id text not null, expires_at timestamptz not null,
  primary key (account_id, state_hash), foreign key (account_id, inbox_id) references inbox(account_id, id) on delete cascade, foreign key (account_id, agent_id) references agent(account_id, id) on delete cascade
);
create index mail_sign_in_by_inbox on mail_sign_in (account_id, inbox_id);
select protect_tenant('mail_sign_in');

-- Whoever came with a mail of somebody we did not know on the case is not known either, until we write to them or somebody known does: answers do not go there by themselves.
alter table participant add column is_known boolean not null default true;
