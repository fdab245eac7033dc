import type { Platform } from '../platform/context.ts';
import type { Authenticate } from '../platform/http/index.ts';
import type { Connection } from './connection.ts';
import type { Hub } from './hub.ts';
import { recheck } from './rights.ts';

// Changes of rights are announced and take effect at once; this is the longest an unannounced one can take.
const RECHECK_MS = 25_000;
const GATHER_MS = 50;

/** Decides when connections are asked about anew. */
export interface Rechecks {
  /** Everybody of the account, soon: a team of fifty that is set up at once is one change. */
  account(accountId: string): void;
  agent(accountId: string, agentId: string | null): void;
  /** Those whose last answer is old. */
  old(now: number): void;
}

export function createRechecks(platform: Platform, authenticate: Authenticate, hub: Hub, onChanged: (connection: Connection) => void): Rechecks {
  const accounts = new Set<string>();
  const check = (connections: Connection[]) => {
    if (connections.length > 0) void recheck(platform, authenticate, connections, Date.now(), onChanged);
  };
  return {
    account(accountId) {
      if (accounts.size === 0) {
        setTimeout(() => {
          const connections = [...accounts].flatMap((each) => [...hub.inAccount(each)]);
          accounts.clear();
          check(connections);
        }, GATHER_MS).unref();
      }
      accounts.add(accountId);
    },
    agent: (accountId, agentId) => check([...hub.inAccount(accountId)].filter(({ actor }) => agentId === null || actor.agentId === agentId)),
    old: (now) => check([...hub.all()].filter((connection) => now - connection.checkedAt >= RECHECK_MS)),
  };
}
