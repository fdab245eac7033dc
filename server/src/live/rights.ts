import type { Platform } from '../platform/context.ts';
import type { Authenticate } from '../platform/http/index.ts';
import { closeCodes, frameOf, type Connection } from './connection.ts';

const AT_ONCE = 4;

/** The same credential on several tabs is asked about once. */
function byCredential(connections: Iterable<Connection>): Connection[][] {
  const groups = new Map<string, Connection[]>();
  for (const connection of connections) {
    const { cookie, authorization } = connection.request.headers;
    const key = `${connection.accountId}\n${cookie ?? ''}\n${authorization ?? ''}`;
    groups.set(key, [...(groups.get(key) ?? []), connection]);
  }
  return [...groups.values()];
}

/**
 * Asks anew who is behind these connections and what they may see. Who is signed out, disabled or another person now is told so and disconnected.
 * `onChanged` is called for those whose rights are others than before. When the question itself fails, the answer stays as it was until the next time.
 */
export async function recheck(platform: Platform, authenticate: Authenticate, connections: Iterable<Connection>, now: number, onChanged: (connection: Connection) => void): Promise<void> {
  const groups = byCredential(connections);
  const work = async () => {
    for (let group = groups.pop(); group; group = groups.pop()) {
      const [first] = group;
      if (!first) continue;
      try {
        const found = await authenticate(platform, first.request);
        for (const connection of group) {
          connection.checkedAt = now;
          if (!found || found.accountId !== connection.accountId || found.actor.agentId !== connection.actor.agentId) {
            connection.send(frameOf({ type: 'signed_out' }));
            connection.close(closeCodes.signedOut, 'Signed out.');
            continue;
          }
          connection.actor = found.actor;
          onChanged(connection);
        }
      } catch (error) {
        platform.log.warn({ err: error }, 'rights of open sockets could not be checked');
      }
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
}
