import { inAccount, systemActor, type Ctx } from '../platform/context.ts';
import { getInstalledAccount } from '../setup/index.ts';
import { withPlatform } from './command.ts';

/** Under which name the audit log knows what is done by commands. */
export const COMMAND_LINE = 'command line';

/** Runs a verb of the installed account as whoever runs the server, who may do everything. `say` is called once it is durable: what is printed has happened. */
export function inInstallation<T>(work: (ctx: Ctx) => Promise<T>, say: (result: T) => void): Promise<void> {
  return withPlatform(async (platform) => {
    const { id } = await getInstalledAccount(platform);
    say(await inAccount(platform, id, systemActor(COMMAND_LINE), work));
  });
}
