-- What the reports count: one row for each thing that happened on a case, with what the case is now (inbox, kind, team, agent, tags) beside it.
-- Everything of a case is written anew from its timeline whenever the case has changed; nothing here is the only place of anything.
create table insight_fact (
  account_id uuid not null, case_id uuid not null, entry_id uuid not null,
  measure text not null check (measure in ('created', 'received', 'sent', 'resolved', 'reopened', 'first_response', 'resolution', 'replies')),
  at timestamptz not null, amount bigint not null, delta int not null,
  inbox_id uuid not null, channel text not null, kind text not null, team_id uuid, agent_id uuid, tags text[] not null,
  primary key (account_id, case_id, entry_id, measure), foreign key (account_id, case_id) references cases(account_id, id) on delete cascade
);
create index insight_fact_by_time on insight_fact (account_id, measure, at, case_id, entry_id);
select protect_tenant('insight_fact');

-- Accounts whose older cases have been counted; the others are caught up on by a job.
create table insight_fill (account_id uuid primary key references account(id), filled_at timestamptz not null);
select protect_tenant('insight_fill');

update role set permissions = permissions || '{report.read}' where key in ('lead', 'supervisor', 'admin') and not 'report.read' = any(permissions);
