-- Mail out: messages that wait for their time, signatures, and what was said to the mail server.

-- A message that was written but has not gone out: for the seconds in which it can be taken back, or until the time that was chosen. What goes out becomes an entry and its row here is
-- deleted, in one transaction; what is taken back becomes a draft again, in one transaction. So it is one of them, whatever dies in between.
create table planned_message (
  account_id uuid not null, id uuid not null, case_id uuid not null, hold text not null check (hold in ('undo', 'schedule')), state text not null default 'waiting' check (state in ('waiting', 'held_back')),
  reason text, detail text, send_at timestamptz not null, time_zone text, author_id uuid not null, author_name text not null, content jsonb not null, attachment_ids uuid[] not null default '{}',
  seen_entry_id uuid, version int not null default 1, created_at timestamptz not null, primary key (account_id, id),
  foreign key (account_id, case_id) references cases(account_id, id) on delete cascade, foreign key (account_id, author_id) references agent(account_id, id) on delete cascade
);
create index planned_message_by_case on planned_message (account_id, case_id, id);
-- Read over all accounts by the job that looks for what is due.
create index planned_message_due on planned_message (send_at) where state = 'waiting';
select protect_tenant('planned_message');

-- What stands below mails: of an inbox, or of an agent. Text and HTML are templates with variables.
create table signature (
  account_id uuid not null, id uuid not null, inbox_id uuid, agent_id uuid, text text not null, html text, updated_at timestamptz not null, primary key (account_id, id),
  unique (account_id, inbox_id), unique (account_id, agent_id), check ((inbox_id is null) <> (agent_id is null)),
  foreign key (account_id, inbox_id) references inbox(account_id, id) on delete cascade, foreign key (account_id, agent_id) references agent(account_id, id) on delete cascade
);
select protect_tenant('signature');

-- Whom the mail server was told, which the headers do not show: blind copies and the return path; and what it answered.
alter table email_outgoing add column envelope_from text, add column envelope_to text[], add column response text;

-- A forward is written apart from the answer.
alter table draft drop constraint draft_mode_check;
alter table draft add constraint draft_mode_check check (mode in ('reply', 'note', 'forward'));
