import { type CompiledQuery, Kysely, PostgresAdapter, PostgresIntrospector, PostgresQueryCompiler, type DatabaseConnection, type Dialect, type Driver, type QueryResult } from 'kysely';
import type pg from 'pg';
import type { AnnouncedEvent } from '@rapport/contract';
import type { DB } from './tables.ts';

class OneConnection implements DatabaseConnection {
  readonly #client: pg.PoolClient;
  constructor(client: pg.PoolClient) {
    this.#client = client;
  }
  async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    const result = await this.#client.query(query.sql, query.parameters as unknown[]);
    return { rows: result.rows as R[], numAffectedRows: BigInt(result.rowCount ?? 0) };
  }
  // eslint-disable-next-line require-yield
  async *streamQuery<R>(): AsyncIterableIterator<QueryResult<R>> {
    throw new Error('Streaming is not offered inside a transaction; page by keyset.');
  }
}

function oneConnectionDialect(client: pg.PoolClient): Dialect {
  const connection = new OneConnection(client);
  const driver: Driver = {
    init: async () => {},
    acquireConnection: async () => connection,
    beginTransaction: async () => {},
    commitTransaction: async () => {},
    rollbackTransaction: async () => {},
    releaseConnection: async () => {},
    destroy: async () => {},
  };
  return { createAdapter: () => new PostgresAdapter(), createDriver: () => driver, createIntrospector: (db) => new PostgresIntrospector(db), createQueryCompiler: () => new PostgresQueryCompiler() };
}

/** A running transaction: Kysely for composed queries, `named` for the few hot ones. Made by `database.inAccount` and `database.asSystem` only. */
export class Tx extends Kysely<DB> {
  /** The account row-level security confines this transaction to; undefined in system transactions. */
  readonly accountId: string | undefined;
  /** Events announced here; they reach browsers after the commit. */
  readonly announced: AnnouncedEvent[] = [];
  /** Set it before anything is announced, when the past is told (demo data, an import): events are then only listed here, and nobody hears of them as news. */
  isQuiet = false;
  readonly #afterCommit: (() => void)[] = [];
  readonly #client: pg.PoolClient;
  readonly #prepare: boolean;

  constructor(client: pg.PoolClient, accountId: string | undefined, prepare: boolean) {
    super({ dialect: oneConnectionDialect(client) });
    this.accountId = accountId;
    this.#client = client;
    this.#prepare = prepare;
  }

  /** A prepared statement, parsed once for each connection. `name` must always go with the same `text`. */
  async named<R>(name: string, text: string, values: unknown[]): Promise<R[]> {
    const result = await this.#client.query(this.#prepare ? { name, text, values } : { text, values });
    return result.rows as R[];
  }

  /** Plain SQL with values, for statements Kysely would only get in the way of. */
  async run<R = Record<string, unknown>>(text: string, values: unknown[] = []): Promise<R[]> {
    return (await this.#client.query(text, values)).rows as R[];
  }

  /** Runs once the transaction is durable; never when it rolled back. For hints (wake a worker), not for work that must happen. */
  afterCommit(hook: () => void): void {
    this.#afterCommit.push(hook);
  }

  committed(): void {
    for (const hook of this.#afterCommit) hook();
  }
}
