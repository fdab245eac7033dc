import { createHash } from 'node:crypto';
import type { Database, Tx } from '../database/index.ts';

interface Origin {
  cluster: string;
  timeline: number;
  database: string;
}

async function readOrigin(tx: Tx): Promise<Origin> {
  const [row] = await tx.run<Origin>(
    `select (select system_identifier::text from pg_control_system()) as cluster, (select timeline_id from pg_control_checkpoint()) as timeline,
       (select oid::text from pg_database where datname = current_database()) as database`,
  );
  if (!row) throw new Error('The database did not say who it is.');
  return row;
}

/**
 * A short name for this history of this database. Positions in the outbox mean something only within it: after a restore from a backup, a copy, or a
 * promotion of a standby it is another one, and who comes with an older cursor must fetch everything anew.
 */
export async function historyName(tx: Tx): Promise<string> {
  const { cluster, timeline, database } = await readOrigin(tx);
  return createHash('sha256').update(`${cluster}/${timeline}/${database}`).digest('hex').slice(0, 12);
}

/**
 * Makes the outbox readable after its rows were copied into another database server. Transaction numbers count anew there: kept as they were, new events
 * would sort before old ones and never be handed on. Events that had been handed on are dropped, those that had not keep their order by id.
 * Called at every start; does nothing when the server is the one the rows were written on.
 */
export async function settleOutbox(database: Database): Promise<'unchanged' | 'moved'> {
  return database.asSystem(async (tx) => {
    const { cluster } = await readOrigin(tx);
    const [state] = await tx.run<{ cluster: string | null }>('select cluster from event_relay for update');
    if (state?.cluster === cluster) return 'unchanged';
    const isFirstStart = state?.cluster === null;
    if (!isFirstStart) {
      await tx.run('delete from event using event_relay r where (event.xid, event.id) <= (r.xid, r.id)');
      await tx.run(`update event set xid = '3'`);
      await tx.run(`update event_relay set xid = '0', id = '00000000-0000-0000-0000-000000000000', pruned_xid = '0'`);
    }
    await tx.run('update event_relay set cluster = $1', [cluster]);
    return isFirstStart ? 'unchanged' : 'moved';
  });
}
