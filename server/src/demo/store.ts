import type { Tx } from '../platform/database/index.ts';

export interface DemoRow {
  account_id: string;
  state: 'filling' | 'filled' | 'removing';
  is_whole: boolean;
  trickles: boolean;
  host_agent_id: string | null;
  /** Steps told so far, of `total`. */
  done: number;
  total: number;
}

const COLUMNS = 'account_id, state, is_whole, trickles, host_agent_id, done, total';

/** False when the account has a demo already. */
export async function insertDemo(tx: Tx, row: Pick<DemoRow, 'account_id' | 'is_whole' | 'trickles' | 'host_agent_id'>, now: Date): Promise<boolean> {
  const made = await tx.run(
    `insert into demo (account_id, state, is_whole, trickles, host_agent_id, began_at) values ($1, 'filling', $2, $3, $4, $5) on conflict (account_id) do nothing returning 1`,
    [row.account_id, row.is_whole, row.trickles, row.host_agent_id, now],
  );
  return made.length > 0;
}

export async function findDemo(tx: Tx, accountId: string): Promise<DemoRow | undefined> {
  return (await tx.run<DemoRow>(`select ${COLUMNS} from demo where account_id = $1`, [accountId]))[0];
}

export async function lockDemo(tx: Tx, accountId: string): Promise<DemoRow | undefined> {
  return (await tx.run<DemoRow>(`select ${COLUMNS} from demo where account_id = $1 for update`, [accountId]))[0];
}

export async function saveProgress(tx: Tx, accountId: string, done: number, total: number): Promise<void> {
  await tx.run('update demo set done = $2, total = $3 where account_id = $1', [accountId, done, total]);
}

export async function setState(tx: Tx, accountId: string, state: DemoRow['state']): Promise<void> {
  await tx.run('update demo set state = $2 where account_id = $1', [accountId, state]);
}

export async function deleteDemo(tx: Tx, accountId: string): Promise<void> {
  await tx.run('delete from demo where account_id = $1', [accountId]);
}

/** Over all accounts: where now and then a customer writes. */
export async function selectTrickling(tx: Tx): Promise<string[]> {
  return (await tx.run<{ account_id: string }>(`select account_id from demo where trickles and state = 'filled'`)).map((row) => row.account_id);
}

/** Whether the account holds anything that is no demo: then it is somebody's own, whatever it began as. */
export async function hasOwnWork(tx: Tx, accountId: string): Promise<boolean> {
  const [row] = await tx.run<{ has: boolean }>(
    `select exists (select from cases where account_id = $1 and not is_demo) or (select count(*) from inbox where account_id = $1 and not is_demo) > 1 or (select count(*) from agent where account_id = $1 and not is_demo) > 1 as has`,
    [accountId],
  );
  return row?.has ?? false;
}

/** Whether a browser of somebody has asked for anything since `after`. */
export async function isLookedAt(tx: Tx, accountId: string, after: Date): Promise<boolean> {
  return (await tx.run('select from session where account_id = $1 and last_seen_at > $2 limit 1', [accountId, after])).length > 0;
}

/** How many wait, in which queues something may, and whether there ever was one. */
export async function countLines(tx: Tx, accountId: string): Promise<{ waiting: number; queueIds: string[]; hasEver: boolean }> {
  const [row] = await tx.run<{ waiting: number; queueIds: string[]; hasEver: boolean }>(
    `select (select count(*)::int from work_item where account_id = $1 and state = 'waiting') as waiting, array(select id from queue where account_id = $1 and removed_at is null and is_open order by name desc) as "queueIds",
       exists (select from queue where account_id = $1) as "hasEver"`, [accountId],
  );
  return row ?? { waiting: 0, queueIds: [], hasEver: false };
}

/** Cases of the demo that have been solved since then and lie still from an hour later on, in the order in which they were solved. */
export async function selectSolved(tx: Tx, accountId: string, since: Date): Promise<{ id: string; resolvedAt: Date }[]> {
  return tx.run(`select c.id, c.resolved_at as "resolvedAt" from cases c where c.account_id = $1 and c.is_demo and c.resolved_at >= $2 and c.merged_into_id is null and c.removed_as is null
     and not exists (select from entry e where e.account_id = c.account_id and e.case_id = c.id and e.occurred_at > c.resolved_at + interval '1 hour') order by c.resolved_at, c.id`, [accountId, since]);
}
