-- What agents are told of: their list, how they want to be told, browsers to push to, and cases that nobody looked at in time.

-- `settings` is what the contract calls notificationChoices. Without a row the defaults hold, and nobody knows the agent's time zone yet.
create table notification_setting (
  account_id uuid not null, agent_id uuid not null, settings jsonb not null, time_zone text, paused_until timestamptz, updated_at timestamptz not null,
  primary key (account_id, agent_id), foreign key (account_id, agent_id) references agent(account_id, id) on delete cascade
);
select protect_tenant('notification_setting');

-- `id` is that of the newest event of a group: five messages on a case are one row whose `count` is 5. `is_listed`: shown in the list and counted. `is_shown`, `is_sounded`: browsers may
-- speak up; not at quiet times. `mail_at`: when it goes into a mail, unless it has been read by then.
create table notification (
  account_id uuid not null, agent_id uuid not null, id uuid not null, kind text not null, case_id uuid not null, entry_id uuid, by_name text not null, count int not null default 1, first_at timestamptz not null, at timestamptz not null, read_at timestamptz,
  is_listed boolean not null, is_shown boolean not null, is_sounded boolean not null, mail_at timestamptz,
  primary key (account_id, agent_id, id), foreign key (account_id, agent_id) references agent(account_id, id) on delete cascade, foreign key (account_id, case_id) references cases(account_id, id) on delete cascade
);
create index notification_of_case on notification (account_id, case_id, agent_id, kind, at);
create index notification_unread on notification (account_id, agent_id, id) where read_at is null and is_listed;
create index notification_mail_due on notification (mail_at) where mail_at is not null;
create index notification_by_age on notification (at);
select protect_tenant('notification');

-- Nobody is told twice of one event by one way, however often a listener or a job runs.
create table notification_told (
  account_id uuid not null, agent_id uuid not null, event_key text not null, way text not null, at timestamptz not null,
  primary key (account_id, agent_id, event_key, way), foreign key (account_id, agent_id) references agent(account_id, id) on delete cascade
);
create index notification_told_by_age on notification_told (at);
select protect_tenant('notification_told');

-- How many are unread, kept by whatever changes them.
create table notification_count (
  account_id uuid not null, agent_id uuid not null, unread int not null, primary key (account_id, agent_id), foreign key (account_id, agent_id) references agent(account_id, id) on delete cascade
);
select protect_tenant('notification_count');
create function count_notification() returns trigger language plpgsql as $$
begin
  if tg_op <> 'INSERT' and old.is_listed and old.read_at is null then update notification_count set unread = unread - 1 where account_id = old.account_id and agent_id = old.agent_id; end if;
  if tg_op <> 'DELETE' and new.is_listed and new.read_at is null then
    insert into notification_count (account_id, agent_id, unread) values (new.account_id, new.agent_id, 1) on conflict (account_id, agent_id) do update set unread = notification_count.unread + 1;
  end if;
  return null;
end $$;
create trigger counted after insert or delete on notification for each row execute function count_notification();
create trigger counted_anew after update on notification for each row when (old.is_listed <> new.is_listed or (old.read_at is null) <> (new.read_at is null)) execute function count_notification();

-- The account's key pair by which push services know who sends (VAPID).
create table push_key (account_id uuid not null references account(id), public_key text not null, sealed_private bytea not null, created_at timestamptz not null, primary key (account_id));
select protect_tenant('push_key');

-- A browser that may be pushed to, for as long as somebody is signed in there.
create table push_subscription (
  account_id uuid not null, id uuid not null, agent_id uuid not null, session_id uuid not null, endpoint text not null, endpoint_hash bytea not null, p256dh text not null, auth text not null, client text not null, created_at timestamptz not null,
  primary key (account_id, id), unique (account_id, endpoint_hash), foreign key (account_id, agent_id) references agent(account_id, id) on delete cascade, foreign key (account_id, session_id) references session(account_id, id) on delete cascade
);
create index push_subscription_by_agent on push_subscription (account_id, agent_id);
select protect_tenant('push_subscription');

-- After how long a team's lead, and then the supervisors, are told of what nobody has looked at. A team without a row escalates nothing.
create table team_escalation (
  account_id uuid not null, team_id uuid not null, after_minutes int not null check (after_minutes between 1 and 10080), then_minutes int check (then_minutes between 1 and 10080),
  primary key (account_id, team_id), foreign key (account_id, team_id) references team(account_id, id) on delete cascade
);
select protect_tenant('team_escalation');

-- Something on a case that waits to be looked at. `next_at`: when the next step is taken; null when there is none.
create table escalation (
  account_id uuid not null, case_id uuid not null, cause text not null, step int not null default 0, begun_at timestamptz not null, next_at timestamptz, acknowledged_at timestamptz, acknowledged_by_name text,
  primary key (account_id, case_id, cause), foreign key (account_id, case_id) references cases(account_id, id) on delete cascade
);
create index escalation_due on escalation (next_at) where next_at is not null;
select protect_tenant('escalation');
