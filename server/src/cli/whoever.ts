import { Option, type Command } from 'commander';
import type { AgentActor, Ctx } from '../platform/context.ts';
import { asAgent } from './as-agent.ts';
import { fail } from './command.ts';
import { farServer, Unreachable, type FarServer } from './far-call.ts';
import { inInstallation } from './in-installation.ts';

/** Who somebody says they are. */
export interface Who {
  as?: string;
  server?: string;
  json?: boolean;
}

export const WHO_YOU_ARE = `
Who you are:
  RAPPORT_AS=anna@example.com                     on the machine Rapport runs on
  RAPPORT_URL=https://desk.example.com            from anywhere, with a key made under Settings, API keys;
  RAPPORT_API_KEY=rk_…                            never on the command line, where others see it
Ends with 0 when it is done, 1 when it was refused (the line says why), 2 when the server was not reached: then try again.`;

const as = new Option('--as <address>', 'on the machine Rapport runs on: the agent who does it; cases, rights and name are theirs').env('RAPPORT_AS');
const server = new Option('--server <address>', 'with RAPPORT_API_KEY: the Rapport to work on, https://desk.example.com').env('RAPPORT_URL');
/** A verb that an agent does, or a key from afar. */
export const verbOf = (group: Command, name: string) => group.command(name).addOption(as).addOption(server).option('--json', 'one JSON document');

// What customers write may hold signs that steer a terminal.
// eslint-disable-next-line no-control-regex
export const harmless = (text: string) => text.replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g, '');

/** With a key on the server it names; else in the installation on this machine under the agent's name, in one transaction. `say` is called once it is durable. */
export async function asWhoever<T>(who: Who, near: (ctx: Ctx & { actor: AgentActor }) => Promise<T>, far: (server: FarServer) => Promise<T>, say: (result: T) => void): Promise<void> {
  try {
    const apiKey = process.env['RAPPORT_API_KEY'];
    if (apiKey && who.as === undefined) {
      if (!who.server) throw new Error('RAPPORT_API_KEY is for a server: name it with --server or RAPPORT_URL.');
      return say(await far(farServer(who.server, apiKey)));
    }
    const { as: address } = who;
    if (address === undefined) throw new Error('Say who you are: --as anna@example.com (or RAPPORT_AS) on the machine Rapport runs on, or RAPPORT_API_KEY with --server from anywhere.');
    await inInstallation(async (ctx) => near(await asAgent(ctx, address)), say);
  } catch (error) {
    fail(error);
    if (error instanceof Unreachable) process.exitCode = 2;
  }
}
