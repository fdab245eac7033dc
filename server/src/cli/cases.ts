import { endpoints, type CaseDetail, type CaseRow, type Entry } from '@rapport/contract';
import { Option, type Command } from 'commander';
import { getAgentByEmail } from '../accounts/index.ts';
import { addNote, findCaseByNumber, getCase, listCases, listEntries, reply, updateCase } from '../cases/index.ts';
import type { AgentActor, Ctx } from '../platform/context.ts';
import { asAgent } from './as-agent.ts';
import { checkInput } from './check-input.ts';
import { answer, fail, type Verb } from './command.ts';
import { inInstallation } from './in-installation.ts';

interface Options {
  as: string;
  json?: boolean;
}
type AgentCtx = Ctx & { actor: AgentActor };

const line = (row: CaseRow | CaseDetail) => [`#${row.number}`.padEnd(7), row.status.padEnd(8), row.priority.padEnd(7), row.customer.name, row.subject, ...(row.assignee ? [`(${row.assignee.name})`] : [])].join('  ');

function entryLines(entry: Entry): string {
  const head = `${entry.occurredAt}  ${entry.author.name}`;
  if (entry.kind === 'message') return `${head}  ${entry.direction === 'in' ? '<-' : '->'}${entry.delivery ? ` ${entry.delivery.state}` : ''}\n${entry.text}`;
  if (entry.kind === 'note') return `${head}  note\n${entry.text}`;
  if (entry.kind === 'brief') return `${head}  hand-over\n${[entry.asked, entry.tried, entry.promised, entry.next].join('\n')}`;
  return `${head}  ${entry.changes.map(({ field, from, to }) => `${field}: ${from ?? '–'} → ${to ?? '–'}`).join('; ')}`;
}

/** Text from the option, or what comes in at stdin. */
async function textOf(given: string | undefined): Promise<string> {
  if (given !== undefined && given !== '-') return given;
  const parts: Buffer[] = [];
  for await (const part of process.stdin) parts.push(part as Buffer);
  return Buffer.concat(parts).toString('utf8');
}

const as = new Option('--as <address>', 'the agent who does it; cases, rights and name are theirs').env('RAPPORT_AS').makeOptionMandatory();
const onCase = (group: Command, name: string) => group.command(`${name} <number>`).addOption(as).option('--json', 'one JSON document');

const numbered = (ctx: Ctx, number: string): Promise<CaseDetail> => {
  const { number: checked } = checkInput(endpoints.cases.findByNumber.params, { number: number.replace(/^#/, '') });
  return findCaseByNumber(ctx, checked);
};

/** Finds the case as the agent sees it, does the work under the agent's name, and prints the case as it is then. */
function change(number: string, options: Options, work: (ctx: AgentCtx, found: CaseDetail) => Promise<unknown>): Promise<void> {
  return inInstallation(
    async (system) => {
      const ctx = await asAgent(system, options.as);
      const found = await numbered(ctx, number);
      await work(ctx, found);
      return getCase(system, found.id);
    },
    (value) => answer(value, options, line),
  ).catch(fail);
}

export const cases: Verb = (program) => {
  const group = program.command('cases').description('Cases: look at them, answer, note, assign, resolve. RAPPORT_AS=anna@example.com says once who you are');
  group
    .command('list').description('The newest cases of a shelf').addOption(as)
    .addOption(new Option('--shelf <shelf>').choices(['open', 'snoozed', 'pending', 'on_hold', 'resolved', 'closed']).default('open'))
    .option('--mine', 'only those assigned to the agent').option('--tag <tag>').option('--limit <cases>', 'up to 100', '25').option('--cursor <cursor>', 'nextCursor of the page before').option('--json', 'one JSON document')
    .action((options: Options & { shelf: string; mine?: boolean; tag?: string; limit: string; cursor?: string }) =>
      inInstallation(
        async (system) => {
          const { shelf, tag, limit, cursor } = options;
          const query = checkInput(endpoints.cases.list.query, { shelf, tag, limit, cursor, ...(options.mine ? { assignee: 'me' } : {}) });
          return listCases(await asAgent(system, options.as), query);
        },
        (page) => answer(page, options, ({ items }) => items.map(line).join('\n')),
      ).catch(fail),
    );
  onCase(group, 'show').description('A case with the newest part of its timeline').action((number: string, options: Options) =>
    inInstallation(
      async (system) => {
        const ctx = await asAgent(system, options.as);
        const found = await numbered(ctx, number);
        return { case: found, entries: (await listEntries(ctx, { caseId: found.id, limit: 50 })).items };
      },
      (value) => answer(value, options, (shown) => [line(shown.case), ...shown.entries.map(entryLines)].join('\n\n')),
    ).catch(fail),
  );
  onCase(group, 'reply').description('Answer the customer; the running server sends it').option('--text <text>', 'left out or -: from stdin')
    .addOption(new Option('--then <status>', 'the status afterwards').choices(['open', 'pending', 'on_hold', 'resolved']).default('pending'))
    .action(async (number: string, options: Options & { text?: string; then: string }) => {
      const text = await textOf(options.text);
      await change(number, options, (ctx, found) => {
        const { to, ...body } = checkInput(endpoints.cases.reply.body, { text, thenStatus: options.then, to: found.replyTo.map(({ address }) => address) });
        return reply(ctx, { caseId: found.id, to, text: body.text, thenStatus: body.thenStatus });
      });
    });
  onCase(group, 'note').description('Write an internal note').option('--text <text>', 'left out or -: from stdin')
    .action(async (number: string, options: Options & { text?: string }) => {
      const text = await textOf(options.text);
      await change(number, options, (ctx, found) => addNote(ctx, { caseId: found.id, text: checkInput(endpoints.cases.addNote.body, { text }).text }));
    });
  onCase(group, 'assign').description('Give a case to somebody').requiredOption('--to <address>', 'an agent’s address, or nobody')
    .action((number: string, options: Options & { to: string }) =>
      change(number, options, async (ctx, found) => updateCase(ctx, found.id, { assigneeId: options.to === 'nobody' ? null : (await getAgentByEmail(ctx, options.to)).id })));
  onCase(group, 'resolve').description('Say that a matter is settled')
    .action((number: string, options: Options) => change(number, options, (ctx, found) => updateCase(ctx, found.id, { status: 'resolved' })));
};
