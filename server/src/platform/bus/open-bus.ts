import type { Config } from '../config.ts';
import type { ConnectionOptions } from '../database/connection.ts';
import type { Log } from '../log.ts';
import { createInProcessBus } from './in-process.ts';
import type { Bus } from './index.ts';

/** The bus the configuration asks for. */
export async function openBus(_config: Config, _connection: ConnectionOptions, _log: Log): Promise<Bus> {
  return createInProcessBus();
}
