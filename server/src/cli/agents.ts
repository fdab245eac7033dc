import { endpoints, type Agent } from '@rapport/contract';
import { Option } from 'commander';
import { getAgentByEmail, getRoleId, inviteAgent, listAgents, updateAgent } from '../accounts/index.ts';
import { checkInput } from './check-input.ts';
import { answer, fail, type Verb } from './command.ts';
import { inInstallation } from './in-installation.ts';

interface Options {
  json?: boolean;
}
interface InviteOptions extends Options {
  email: string;
  name: string;
  role: string;
  locale?: 'en' | 'de';
}

const describe = (agent: Agent) => [agent.state.padEnd(9), agent.roleName.padEnd(12), agent.email, agent.name, ...(agent.hasSecondFactor ? ['(second factor)'] : [])].join('  ');

/** Disabling and enabling are one verb each on the command line: `--disabled false` is mistyped too easily. */
const setDisabled = (isDisabled: boolean, { email, casesTo, ...options }: Options & { email: string; casesTo?: string }) =>
  inInstallation(
    async (ctx) => updateAgent(ctx, (await getAgentByEmail(ctx, email)).id, { isDisabled, ...(casesTo === undefined ? {} : { casesTo: (await getAgentByEmail(ctx, casesTo)).id }) }),
    (agent) => answer(agent, options, describe),
  ).catch(fail);

export const agents: Verb = (program) => {
  const group = program.command('agents').description('The people who serve');
  group
    .command('list')
    .option('--json', 'one JSON document')
    .action((options: Options) => inInstallation(listAgents, (list) => answer(list, options, ({ items }) => items.map(describe).join('\n'))).catch(fail));
  group
    .command('invite')
    .description('Invite somebody by mail, and print the link for handing over in person')
    .requiredOption('--email <address>')
    .requiredOption('--name <name>')
    .option('--role <role>', 'agent, specialist, lead, supervisor, admin or the name of a role of your own', 'agent')
    .addOption(new Option('--locale <language>', 'the language of the mail').choices(['en', 'de']))
    .option('--json', 'one JSON document')
    .action((options: InviteOptions) =>
      inInstallation(
        async (ctx) => {
          const { email, name, role, locale } = options;
          const input = checkInput(endpoints.accounts.inviteAgent.body, { email, name, roleId: await getRoleId(ctx, role) });
          return inviteAgent(ctx, { ...input, ...(locale === undefined ? {} : { locale }) });
        },
        (invited) => answer(invited, options, (value) => value.invitationUrl),
      ).catch(fail),
    );
  group
    .command('disable')
    .description('Put somebody out at once; their open cases go back to the teams, or to one person')
    .requiredOption('--email <address>')
    .option('--cases-to <address>', 'who takes over, where they serve the team')
    .option('--json', 'one JSON document')
    .action((options: Options & { email: string; casesTo?: string }) => setDisabled(true, options));
  group
    .command('enable')
    .description('Let somebody in again')
    .requiredOption('--email <address>')
    .option('--json', 'one JSON document')
    .action((options: Options & { email: string }) => setDisabled(false, options));
};
