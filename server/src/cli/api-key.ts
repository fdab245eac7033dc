import { endpoints } from '@rapport/contract';
import { createApiKey, getAgentByEmail } from '../accounts/index.ts';
import { checkInput } from './check-input.ts';
import { answer, fail, type Verb } from './command.ts';
import { inInstallation } from './in-installation.ts';

interface Options {
  email: string;
  name: string;
  days?: string;
  json?: boolean;
}

export const apiKey: Verb = (program) => {
  const group = program.command('api-key').description('Keys for programs');
  group
    .command('create')
    .description('Make a key that acts as an agent; it is shown once')
    .requiredOption('--email <address>', 'the agent it acts as')
    .option('--name <name>', 'what it is for, as the list of keys shows it', 'Command line')
    .option('--days <number>', 'how long it works; without it, until it is revoked')
    .option('--json', 'one JSON document')
    .action((options: Options) =>
      inInstallation(
        async (ctx) => {
          const { id: agentId, email } = await getAgentByEmail(ctx, options.email);
          const expiresAt = options.days === undefined ? undefined : new Date(ctx.clock.now().getTime() + Number(options.days) * 86_400_000).toISOString();
          const input = checkInput(endpoints.accounts.createApiKey.body, { name: options.name, agentId, expiresAt });
          return { ...(await createApiKey(ctx, { ...input, expiresAt: expiresAt === undefined ? undefined : new Date(expiresAt) })), email };
        },
        (made) => answer(made, options, (value) => value.key),
      ).catch(fail),
    );
};
