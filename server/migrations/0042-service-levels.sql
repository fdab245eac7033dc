-- Service policies, and the clocks that run by them.

-- Of those a case fits, the one with the lowest place holds.
create table service_policy (
  account_id uuid not null references account(id), id uuid not null, name text not null, place int not null, calendar_id uuid, content jsonb not null, version int not null, updated_at timestamptz not null,
  primary key (account_id, id), foreign key (account_id, calendar_id) references calendar(account_id, id)
);
create unique index service_policy_by_name on service_policy (account_id, lower(name));
create index service_policy_by_calendar on service_policy (account_id, calendar_id) where calendar_id is not null;
select protect_tenant('service_policy');

-- One promise on a case. `entry_id`: the message that began the wait; of the resolution the case itself. What is over stays as it was judged, also when its policy is gone.
-- `tell_at`: when there is something to be told next; while a clock stands still there is nothing.
create table service_clock (
  account_id uuid not null, case_id uuid not null, kind text not null check (kind in ('first_response', 'next_response', 'resolution')), entry_id uuid not null, policy_id uuid not null, policy_name text not null, calendar_name text,
  minutes int not null, started_at timestamptz not null, due_at timestamptz, warn_at timestamptz, paused_at timestamptz, left_ms bigint, met_at timestamptz, warned_at timestamptz, breached_at timestamptz,
  tell_at timestamptz generated always as (case when met_at is not null or breached_at is not null or due_at is null then null when warned_at is null and warn_at is not null then warn_at else due_at end) stored,
  primary key (account_id, case_id, kind, entry_id), foreign key (account_id, case_id) references cases(account_id, id) on delete cascade, check ((paused_at is null) = (left_ms is null)), check (paused_at is null or due_at is null)
);
create index service_clock_to_tell on service_clock (tell_at, case_id) where tell_at is not null;
select protect_tenant('service_clock');

-- How far the open cases are brought to what policies and calendars say now; `position` is the last case that was.
create table service_recount (account_id uuid not null references account(id), position uuid not null, done int not null, total int not null, is_over boolean not null, touched_at timestamptz not null, primary key (account_id));
create index service_recount_stuck on service_recount (touched_at) where not is_over;
select protect_tenant('service_recount');

-- Of the clocks that run on a case the one that is due first; kept by the cases room.
alter table cases add column due_at timestamptz, add column due_kind text, add column due_policy_id uuid;
alter table cases add constraint cases_due check ((due_at is null) = (due_kind is null) and (due_at is null) = (due_policy_id is null)) not valid;
alter table cases validate constraint cases_due;
create index cases_due on cases (account_id, due_at, id) where due_at is not null;

update role set permissions = permissions || '{service_level.manage}' where key in ('supervisor', 'admin') and not 'service_level.manage' = any(permissions);
