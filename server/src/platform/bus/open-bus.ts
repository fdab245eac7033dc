import type { Config } from '../config.ts';
import type { ConnectionOptions } from '../database/connection.ts';
import { openClient } from '../database/connection.ts';
import type { Log } from '../log.ts';
import type { Bus } from './index.ts';
import { openNatsBus } from './nats.ts';
import { openNotifyBus } from './notify.ts';

// The same for every process on one database, whatever address it is reached by.
async function installationName(connection: ConnectionOptions): Promise<string> {
  const client = openClient(connection);
  await client.connect();
  try {
    const { rows } = await client.query<{ name: string }>(`select md5(system_identifier::text || current_database()) as name from pg_control_system()`);
    return rows[0]?.name ?? 'unknown';
  } finally {
    await client.end();
  }
}

/**
 * The bus the configuration asks for: NATS when NATS_URL names a server, else PostgreSQL's NOTIFY, also for a single process. Inside the process both are a
 * function call, so nobody waits longer for it, and idle it costs one connection and no traffic. In return a second app process on the same database, or a
 * command run beside the server (`npx rapport …`), reaches every open browser at once with nothing to configure; a switch between "one" and "several"
 * would sooner or later stand wrong, and the sign of it would be news that come late.
 */
export async function openBus(config: Pick<Config, 'natsUrl'>, connection: ConnectionOptions, log: Log): Promise<Bus> {
  return config.natsUrl ? openNatsBus(config.natsUrl, await installationName(connection), log) : openNotifyBus(connection, log);
}
