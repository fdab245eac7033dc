-- Rules: when something happens, or some time has passed, if conditions hold, then something is done.

-- `content` is what the contract calls ruleContent. The time of a rule on time stands beside it, so that its cases are found without reading it.
-- `is_filling`: the cases there were when it was switched on are still being looked through; `fill_after` is the last one that was.
create table rule (
  account_id uuid not null references account(id), id uuid not null, name text not null, content jsonb not null, is_on boolean not null, position int not null, version int not null default 1,
  since_what text check (since_what in ('waiting', 'customer_silent', 'snooze', 'promise', 'resolved')), since_hours int, is_filling boolean not null default false, fill_after uuid, last_agent_id uuid,
  off_because text, created_at timestamptz not null, updated_at timestamptz not null, updated_by_id uuid, updated_by_name text not null,
  primary key (account_id, id), check ((since_what is null) = (since_hours is null))
);
create unique index rule_by_name on rule (account_id, lower(name));
create index rule_to_fill on rule (account_id) where is_filling;
select protect_tenant('rule');

-- Every version, the newest included.
create table rule_version (
  account_id uuid not null, rule_id uuid not null, version int not null, name text not null, content jsonb not null, is_on boolean not null, changed_by_id uuid, changed_by_name text not null, changed_at timestamptz not null,
  primary key (account_id, rule_id, version), foreign key (account_id, rule_id) references rule(account_id, id) on delete cascade
);
select protect_tenant('rule_version');

-- What a rule did on a case and why; `outcomes` says of each condition whether it held, group by group. One event moves a rule once.
create table rule_run (
  account_id uuid not null, id uuid not null, rule_id uuid not null, rule_version int not null, case_id uuid not null, event_id uuid, cause text not null, outcome text not null check (outcome in ('fired', 'held_back', 'failed')),
  reason text, outcomes jsonb not null, at timestamptz not null,
  primary key (account_id, id), foreign key (account_id, rule_id) references rule(account_id, id) on delete cascade, foreign key (account_id, case_id) references cases(account_id, id) on delete cascade
);
create unique index rule_run_once on rule_run (account_id, rule_id, event_id) where event_id is not null;
create index rule_run_by_rule on rule_run (account_id, rule_id, id);
create index rule_run_by_case on rule_run (account_id, case_id, id);
create index rule_run_old on rule_run (at);
select protect_tenant('rule_run');

-- How often a rule fired and failed, as a sum of rows; a job folds them together.
create table rule_tally (
  account_id uuid not null, id uuid not null default gen_random_uuid(), rule_id uuid not null, fired int not null, failed int not null, last_at timestamptz not null,
  primary key (account_id, id), foreign key (account_id, rule_id) references rule(account_id, id) on delete cascade
);
create index rule_tally_by_rule on rule_tally (account_id, rule_id);
select protect_tenant('rule_tally');

-- Which rules led to an event, the first one first: what rules cause moves other rules only so far.
create table rule_effect (
  account_id uuid not null references account(id), event_id uuid not null, chain uuid[] not null, at timestamptz not null, primary key (account_id, event_id)
);
create index rule_effect_old on rule_effect (at);
select protect_tenant('rule_effect');

-- When a rule on time looks at a case. `base_at` is the moment it counts from; it acts once for each. One that looked and did not act looks again when the case changes.
create table rule_timer (
  account_id uuid not null, rule_id uuid not null, case_id uuid not null, base_at timestamptz not null, due_at timestamptz not null, state text not null default 'waiting' check (state in ('waiting', 'looked', 'acted')),
  primary key (account_id, rule_id, case_id), foreign key (account_id, rule_id) references rule(account_id, id) on delete cascade, foreign key (account_id, case_id) references cases(account_id, id) on delete cascade
);
create index rule_timer_due on rule_timer (due_at) where state = 'waiting';
create index rule_timer_by_case on rule_timer (account_id, case_id);
select protect_tenant('rule_timer');

update role set permissions = permissions || '{rule.manage}' where key in ('supervisor', 'admin') and not 'rule.manage' = any(permissions);
