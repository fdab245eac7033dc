import type pg from 'pg';
import { ok, problem, warning, type Finding } from './finding.ts';

const MINUTES = 60;

const ago = (seconds: number): string => (seconds < 2 * MINUTES ? `${Math.round(seconds)} seconds` : seconds < 120 * MINUTES ? `${Math.round(seconds / MINUTES)} minutes` : `${Math.round(seconds / MINUTES / 60)} hours`);

const NO_WORKER = 'See that a process with the role "jobs" is running (RAPPORT_ROLES) and what its log says.';

/** Whether the work behind the screens goes on: messages to customers, events to listeners, jobs, and the inboxes. */
export async function checkWork(client: pg.Client): Promise<Finding[]> {
  return [await checkOutgoing(client), await checkListeners(client), ...(await checkJobs(client)), ...(await checkInboxes(client))];
}

/** A message on its way is stuck when its time has come and a quarter of an hour has passed since. */
async function checkOutgoing(client: pg.Client): Promise<Finding> {
  const check = 'outgoing messages';
  const { rows } = await client.query<{ stuck: number; failed: number }>(
    `select count(*) filter (where delivery_state in ('queued', 'sending') and coalesce(next_attempt_at, created_at) < now() - interval '15 minutes')::int as stuck,
            count(*) filter (where delivery_state in ('failed', 'bounced', 'unknown') and created_at > now() - interval '1 day')::int as failed
       from entry where delivery_state in ('queued', 'sending', 'failed', 'bounced', 'unknown')`,
  );
  const { stuck = 0, failed = 0 } = rows[0] ?? {};
  if (stuck > 0) return problem(check, `${stuck} should have gone out more than 15 minutes ago.`, NO_WORKER);
  if (failed > 0) return warning(check, `${failed} of the last day did not reach the customer, or it is not known.`, 'Open their cases and send them again, or correct the addresses: npx rapport ledger --state failed');
  return ok(check, 'None is stuck.');
}

async function checkListeners(client: pg.Client): Promise<Finding> {
  const { rows } = await client.query<{ waiting: number; oldest: number | null }>(
    `select count(*)::int as waiting, extract(epoch from now() - min(e.created_at))::float8 as oldest from event e, event_relay r where (e.xid, e.id) > (r.xid, r.id)`,
  );
  return judgeLag(rows[0]?.waiting ?? 0, rows[0]?.oldest ?? 0);
}

export function judgeLag(waiting: number, oldestSeconds: number): Finding {
  const check = 'events';
  if (waiting === 0 || oldestSeconds < MINUTES) return ok(check, waiting === 0 ? 'All are handed on.' : `${waiting} are on their way.`);
  const says = `${waiting} wait to be handed on, the oldest for ${ago(oldestSeconds)}.`;
  return oldestSeconds < 15 * MINUTES ? warning(check, says, NO_WORKER) : problem(check, says, `${NO_WORKER} A transaction that is left open also holds them back: select pid, xact_start, application_name from pg_stat_activity order by 2;`);
}

async function checkJobs(client: pg.Client): Promise<Finding[]> {
  const { rows: there } = await client.query<{ hasJobs: boolean }>(`select to_regclass('pgboss.job') is not null as "hasJobs"`);
  if (!there[0]?.hasJobs) return [];
  const { rows } = await client.query<{ given: number; late: number; oldest: number | null }>(
    `select count(*) filter (where name = 'dead-letter' and state = 'created')::int as given, count(*) filter (where late)::int as late, extract(epoch from max(now() - start_after) filter (where late))::float8 as oldest
       from (select name, state, start_after, name <> 'dead-letter' and name not like '\\_\\_pgboss%' and state in ('created', 'retry') and start_after < now() - interval '5 minutes' as late from pgboss.job) j`,
  );
  const { given = 0, late = 0, oldest } = rows[0] ?? {};
  const findings: Finding[] = [];
  if (late > 0) findings.push(problem('jobs', `${late} should have run by now, the oldest ${ago(oldest ?? 0)} ago.`, NO_WORKER));
  else findings.push(ok('jobs', 'None is late.'));
  if (given > 0) {
    findings.push(warning('failed jobs', `${given} failed every time they were tried.`, `Their reason is in the log ("job failed") and in: select data, output from pgboss.job where name = 'dead-letter';`));
  }
  return findings;
}

async function checkInboxes(client: pg.Client): Promise<Finding[]> {
  const { rows } = await client.query<{ name: string; detail: string | null }>(`select name, health ->> 'detail' as detail from inbox where is_enabled and health ->> 'state' = 'failing' order by name`);
  return rows.map(({ name, detail }) => problem('inbox', `${name} is failing${detail ? `: ${detail}` : '.'}`, 'Open its settings in the workspace and test them there.'));
}
