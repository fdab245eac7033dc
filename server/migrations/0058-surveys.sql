-- Asking customers how it was.

-- What is asked of whom. One that was removed is asked no more, and its answers stay in the report.
create table survey (
  account_id uuid not null references account(id), id uuid not null, name text not null, is_active boolean not null, content jsonb not null, version int not null, created_at timestamptz not null, updated_at timestamptz not null, removed_at timestamptz, is_demo boolean not null default false,
  primary key (account_id, id)
);
create unique index survey_by_name on survey (account_id, name) where removed_at is null;
select protect_tenant('survey');

-- One case that was solved, and what its customer says of it. `team_id`, `agent_id`: whose it was when it was solved. A customer who is erased takes it along.
create table survey_ask (
  account_id uuid not null references account(id), id uuid not null, survey_id uuid not null, case_id uuid not null, customer_id uuid not null, kind text not null check (kind in ('csat', 'effort', 'nps')), channel text not null, inbox_id uuid not null,
  team_id uuid, agent_id uuid, language text not null default 'en', resolved_at timestamptz not null, due_at timestamptz not null, state text not null check (state in ('waiting', 'asked', 'left_out')), left_out_because text,
  asked_at timestamptz, closes_at timestamptz, /* The line of the timeline that tells of the answer. */ line_id uuid, /* Since when somebody has to see to a bad one. */ followed_up_at timestamptz, score int check (score between 0 and 10), comment text not null default '', answered_at timestamptz, changed_at timestamptz,
  primary key (account_id, id), foreign key (account_id, survey_id) references survey(account_id, id), foreign key (account_id, case_id) references cases(account_id, id) on delete cascade,
  foreign key (account_id, customer_id) references customer(account_id, id) on delete cascade, foreign key (account_id, inbox_id) references inbox(account_id, id), foreign key (account_id, team_id) references team(account_id, id) on delete set null (team_id),
  foreign key (account_id, agent_id) references agent(account_id, id) on delete set null (agent_id), check ((state = 'asked') = (asked_at is not null)), check ((score is null) = (answered_at is null))
);
create unique index survey_ask_once on survey_ask (account_id, case_id, resolved_at);
create index survey_ask_due on survey_ask (due_at, id) where state = 'waiting';
create index survey_ask_by_customer on survey_ask (account_id, customer_id);
create index survey_ask_by_time on survey_ask (account_id, kind, asked_at, id) where state = 'asked';
create index survey_ask_by_survey on survey_ask (account_id, survey_id);
create index survey_ask_by_inbox on survey_ask (account_id, inbox_id);
select protect_tenant('survey_ask');
