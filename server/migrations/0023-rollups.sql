-- What the reports count gets the priority, and with the beginning of unfinished time its end (`infinity` while it lasts) and when the case began.
-- Cases counted before are counted anew by the job that also catches up after an upgrade.
truncate insight_fact, insight_fill;
alter table insight_fact add column priority text not null, add column began_at timestamptz, add column until_at timestamptz;
drop index insight_fact_by_time;
create index insight_fact_by_time on insight_fact (account_id, measure, at, case_id, entry_id) include (amount, agent_id, team_id, inbox_id, kind, channel, priority);
create index insight_fact_by_amount on insight_fact (account_id, measure, amount, case_id, entry_id) include (at, agent_id, team_id, inbox_id, kind, channel, priority) where measure in ('first_response', 'resolution', 'replies');
-- Unfinished at a moment: began before it and lasts beyond it. Narrow for moments not long ago.
create index insight_fact_unfinished on insight_fact (account_id, until_at, at) include (began_at, case_id, agent_id, team_id, inbox_id, kind, channel, priority) where until_at is not null;

-- The first moment of a day of the calendar; where clocks go back over midnight, the first of the two.
create function day_start(day date, zone text) returns timestamptz language sql stable as $$
  select case when (((day::timestamp at time zone zone) - interval '1 hour') at time zone zone)::date = day then (day::timestamp at time zone zone) - interval '1 hour' else day::timestamp at time zone zone end
$$;
grant execute on function day_start(date, text) to rapport_app;

-- Sums of a day of the account's calendar: of all cases (key ''), and by each team, inbox, agent, kind, channel, priority and tag ('' for none).
-- For messages in, also by the hour of the day. Made from insight_fact alone and made anew whenever a day has changed.
create table insight_day (
  account_id uuid not null references account(id), dimension text not null check (dimension in ('all', 'team', 'inbox', 'agent', 'kind', 'channel', 'priority', 'tag')), day date not null, key text not null, measure text not null,
  count bigint not null, amount bigint not null, hours int[], hour_counts int[],
  primary key (account_id, dimension, day, key, measure)
);
select protect_tenant('insight_day');

-- In which calendar an account's days are summed, by which run, and since when; no time while the run is going on, and then nobody reads the sums.
create table insight_roll (account_id uuid primary key references account(id), time_zone text not null, run uuid not null, rolled_at timestamptz);
select protect_tenant('insight_roll');

-- Days (of UTC) on which something has changed since they were summed. Slots keep writers of the same day from waiting for each other.
create table insight_mark (account_id uuid not null references account(id), day date not null, slot int not null, primary key (account_id, day, slot));
select protect_tenant('insight_mark');

-- Whatever changes the facts marks their days: counting, the end of a case, an erasure. The update locks a mark that is there, so that whoever sums the day waits for this transaction.
create function mark_insight_days() returns trigger language plpgsql as $$
begin
  insert into insight_mark (account_id, day, slot)
    select distinct account_id, (at at time zone 'UTC')::date, hashtext(case_id::text) & 7 from changed order by 1, 2, 3
    on conflict (account_id, day, slot) do update set slot = excluded.slot;
  return null;
end $$;
create function mark_changed_insight_days() returns trigger language plpgsql as $$
begin
  insert into insight_mark (account_id, day, slot)
    select distinct c.account_id, (c.at at time zone 'UTC')::date, hashtext(c.case_id::text) & 7
    from (
      select o.account_id, o.case_id, unnest(array[o.at, n.at]) as at from changed_from o join changed n using (account_id, case_id, entry_id, measure)
      where (o.at, o.amount, o.inbox_id, o.channel, o.kind, o.priority, o.team_id, o.agent_id, o.tags) is distinct from (n.at, n.amount, n.inbox_id, n.channel, n.kind, n.priority, n.team_id, n.agent_id, n.tags)
    ) c order by 1, 2, 3
    on conflict (account_id, day, slot) do update set slot = excluded.slot;
  return null;
end $$;
create trigger marked_new after insert on insight_fact referencing new table as changed for each statement execute function mark_insight_days();
create trigger marked_gone after delete on insight_fact referencing old table as changed for each statement execute function mark_insight_days();
create trigger marked_changed after update on insight_fact referencing old table as changed_from new table as changed for each statement execute function mark_changed_insight_days();

-- Numbers of single people are a right of their own.
update role set permissions = permissions || '{report.agents}' where key in ('lead', 'supervisor', 'admin') and not 'report.agents' = any(permissions);

-- Cases behind a number on their way into a spreadsheet: what was asked by whom and with which rights, how far it is, and the text in parts. Kept for a day.
create table insight_export (
  account_id uuid not null, id uuid not null, agent_id uuid not null, question jsonb not null, permissions text[] not null, case_scope text not null, team_ids uuid[] not null,
  state text not null check (state in ('running', 'ready', 'failed')), done int not null, total int not null, created_at timestamptz not null,
  primary key (account_id, id), foreign key (account_id, agent_id) references agent(account_id, id) on delete cascade
);
create index insight_export_by_age on insight_export (created_at);
select protect_tenant('insight_export');
create table insight_export_part (
  account_id uuid not null, export_id uuid not null, place int not null, content text not null,
  primary key (account_id, export_id, place), foreign key (account_id, export_id) references insight_export(account_id, id) on delete cascade
);
select protect_tenant('insight_export_part');
