import type pg from 'pg';

/**
 * A query for the events that are not dealt with: those the relay has not reached yet, and those a listener's job still waits for, works on, or gave
 * up on (then the job lies in the dead-letter queue). Jobs are not part of a backup, so these events are handed on again after restoring; the marks in
 * `event_handled`, which are, keep every listener that was done from doing it twice.
 *
 * The jobs are asked, rather than the marks alone, because a listener that came with a later release has no mark for anything older, and was never meant to.
 */
export async function pendingEventsQuery(client: pg.Client): Promise<string> {
  const { rows } = await client.query<{ hasJobs: boolean }>(`select to_regclass('pgboss.job') is not null as "hasJobs"`);
  const ahead = 'select e.account_id, e.id from event e, event_relay r where (e.xid, e.id) > (r.xid, r.id)';
  if (!rows[0]?.hasJobs) return ahead;
  return `${ahead} union
    select e.account_id, e.id
      from pgboss.job j join event e on e.account_id = (j.data #>> '{event,accountId}')::uuid and e.id = (j.data #>> '{event,id}')::uuid
     where j.name in ('event.listener', 'dead-letter') and j.data ? 'listener' and j.state not in ('completed', 'cancelled')
       and not exists (select from event_handled h where h.account_id = e.account_id and h.listener = j.data ->> 'listener' and h.event_id = e.id)`;
}
