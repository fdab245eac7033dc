import { randomUUID } from 'node:crypto';
import type { Database } from './database/index.ts';

/** Work that one process at a time may do. Held for `seconds`; renew before they are over, or another process takes it. */
export interface Leases {
  /** Takes or renews the lease; false while another process holds it. */
  hold(name: string, seconds: number): Promise<boolean>;
  release(name: string): Promise<void>;
}

export function createLeases(database: Database): Leases {
  const holder = randomUUID();
  return {
    hold: (name, seconds) =>
      database.asSystem(async (tx) => {
        const rows = await tx.run(
          `insert into lease (name, holder, expires_at) values ($1, $2, now() + make_interval(secs => $3))
           on conflict (name) do update set holder = excluded.holder, expires_at = excluded.expires_at where lease.holder = $2 or lease.expires_at < now() returning 1`,
          [name, holder, seconds],
        );
        return rows.length > 0;
      }),
    release: async (name) => {
      await database.asSystem((tx) => tx.run('delete from lease where name = $1 and holder = $2', [name, holder]));
    },
  };
}
