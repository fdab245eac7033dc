import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';
import { Tx } from './transaction.ts';

export { Tx } from './transaction.ts';

export interface Database {
  /** Runs `work` in a transaction confined to one account by row-level security, as the role that cannot bypass it. Re-runs it after a serialization failure or deadlock, so it must be re-runnable. */
  inAccount<T>(accountId: string, work: (tx: Tx) => Promise<T>): Promise<T>;
  /** A transaction of the platform itself, over all accounts: relays, clean-up, sign-in before the account is known. Handle with care. */
  asSystem<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
  /**
   * As `inAccount`, from a small pool of its own with a shorter time limit, so that slow searches never starve the rest. When `signal` is aborted, the running statement is
   * cancelled and the connection is free again: nobody waits for the answer any more.
   */
  forSearch<T>(accountId: string, work: (tx: Tx) => Promise<T>, signal?: AbortSignal): Promise<T>;
  /** Called with every transaction that announced something, after its commit. */
  onCommit(listener: (tx: Tx) => void): void;
  readonly pool: pg.Pool;
  close(): Promise<void>;
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const RETRYABLE = new Set(['40001', '40P01']);
const ATTEMPTS = 6;

export function createDatabase(pool: pg.Pool, searchPool: pg.Pool, options: { prepare: boolean }): Database {
  const listeners: ((tx: Tx) => void)[] = [];

  async function once<T>(from: pg.Pool, accountId: string | undefined, begin: string, work: (tx: Tx) => Promise<T>, signal?: AbortSignal): Promise<T> {
    signal?.throwIfAborted();
    const client = await from.connect();
    let broken: Error | undefined;
    let cancelling: Promise<unknown> | undefined;
    let backend: number | undefined;
    // Asked from another connection, because this one is busy. The number of the server process comes from itself: through a pooler the driver's would be another's.
    const cancel = () => backend !== undefined && (cancelling = pool.query('select pg_cancel_backend($1)', [backend]).catch(() => undefined));
    const tx = new Tx(client, accountId, options.prepare);
    let result: T;
    try {
      // One round trip for begin, role and account.
      signal?.throwIfAborted();
      const begun: unknown = await client.query(signal ? `${begin}; select pg_backend_pid() as pid` : begin);
      if (signal) {
        backend = (begun as pg.QueryResult<{ pid: number }>[]).at(-1)?.rows[0]?.pid;
        signal.addEventListener('abort', cancel);
        signal.throwIfAborted();
      }
      result = await work(tx);
      signal?.removeEventListener('abort', cancel);
      await cancelling;
      signal?.throwIfAborted();
      // After a failed statement a commit is a rollback, and says so only here: work that went on after one must not be told that it is done.
      const { command } = await client.query('commit');
      if (command !== 'COMMIT') throw new Error('Nothing was committed: a statement of the transaction had failed.');
    } catch (error) {
      signal?.removeEventListener('abort', cancel);
      // Not before it was delivered: it must not hit the statement of whoever gets this connection next.
      await cancelling;
      await client.query('rollback').catch((rollbackError: Error) => (broken = rollbackError));
      throw error;
    } finally {
      client.release(broken);
    }
    tx.committed();
    if (tx.announced.length > 0 && !tx.isQuiet) for (const listener of listeners) listener(tx);
    return result;
  }

  async function retried<T>(from: pg.Pool, accountId: string | undefined, begin: string, work: (tx: Tx) => Promise<T>, signal?: AbortSignal): Promise<T> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await once(from, accountId, begin, work, signal);
      } catch (error) {
        const code = (error as { code?: string }).code ?? '';
        if (!RETRYABLE.has(code) || attempt >= ATTEMPTS) throw error;
        await sleep(Math.random() * 10 * 2 ** attempt);
      }
    }
  }

  function beginFor(accountId: string): string {
    if (!UUID.test(accountId)) throw new TypeError('Not an account id.');
    return `begin; set local role rapport_app; set local app.account_id = '${accountId}'`;
  }

  return {
    pool,
    inAccount: (accountId, work) => retried(pool, accountId, beginFor(accountId), work),
    forSearch: (accountId, work, signal) => retried(searchPool, accountId, beginFor(accountId), work, signal),
    asSystem: (work) => retried(pool, undefined, 'begin', work),
    onCommit: (listener) => void listeners.push(listener),
    close: async () => {
      await Promise.all([pool.end(), searchPool.end()]);
    },
  };
}
