-- What the reports count knows apart who did it (`agent_id`: who wrote the message or made the change; whose case it is where nobody did anything) and whose case it is now (`holder_id`, for the scope and
-- for the backlog), and a further measure: each wait of a customer until a person's next answer. Cases counted before are counted anew by the job that also catches up after an upgrade.
truncate insight_fact, insight_fill, insight_day, insight_roll, insight_mark;
alter table insight_fact add column holder_id uuid, drop constraint insight_fact_measure_check,
  add constraint insight_fact_measure_check check (measure in ('created', 'received', 'sent', 'resolved', 'reopened', 'first_response', 'full_response', 'resolution', 'replies'));
drop index insight_fact_by_time, insight_fact_by_amount, insight_fact_unfinished;
create index insight_fact_by_time on insight_fact (account_id, measure, at, case_id, entry_id) include (amount, agent_id, holder_id, team_id, inbox_id, kind, channel, priority);
create index insight_fact_by_amount on insight_fact (account_id, measure, amount, case_id, entry_id) include (at, agent_id, holder_id, team_id, inbox_id, kind, channel, priority) where measure in ('first_response', 'full_response', 'resolution', 'replies');
create index insight_fact_unfinished on insight_fact (account_id, until_at, at) include (began_at, case_id, holder_id, team_id, inbox_id, kind, channel, priority) where until_at is not null;

alter table insight_day drop constraint insight_day_dimension_check, add constraint insight_day_dimension_check check (dimension in ('all', 'team', 'inbox', 'agent', 'holder', 'kind', 'channel', 'priority', 'tag'));

create or replace function mark_changed_insight_days() returns trigger language plpgsql as $$
begin
  insert into insight_mark (account_id, day, slot)
    select distinct c.account_id, (c.at at time zone 'UTC')::date, hashtext(c.case_id::text) & 7
    from (
      select o.account_id, o.case_id, unnest(array[o.at, n.at]) as at from changed_from o join changed n using (account_id, case_id, entry_id, measure)
      where (o.at, o.amount, o.inbox_id, o.channel, o.kind, o.priority, o.team_id, o.agent_id, o.holder_id, o.tags) is distinct from (n.at, n.amount, n.inbox_id, n.channel, n.kind, n.priority, n.team_id, n.agent_id, n.holder_id, n.tags)
    ) c order by 1, 2, 3
    on conflict (account_id, day, slot) do update set slot = excluded.slot;
  return null;
end $$;
