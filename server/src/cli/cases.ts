import { asideShelves, caseSort, endpoints, mostSorted, paging, shelves, type CaseDetail, type CaseRow, type Entry } from '@rapport/contract';
import { Option, type Command } from 'commander';
import { z } from 'zod';
import { farDesk, nearDesk, type CaseDesk, type Change } from './case-desk.ts';
import { FILTER_HELP, readFilterWords } from './case-filter.ts';
import { checkInput } from './check-input.ts';
import { answer, progress, type Verb } from './command.ts';
import { Unreachable } from './far-call.ts';
import { asWhoever, harmless, verbOf, WHO_YOU_ARE, type Who } from './whoever.ts';

interface Options extends Who {
  idempotencyKey?: string;
}

const line = (row: CaseRow | CaseDetail) => harmless([`#${row.number}`.padEnd(7), row.status.padEnd(8), row.priority.padEnd(7), row.customer.name, row.subject, ...(row.assignee ? [`(${row.assignee.name})`] : [])].join('  '));

function entryLines(entry: Entry): string {
  const head = `${entry.occurredAt}  ${entry.author.name}`;
  if (entry.kind === 'message') return `${head}  ${entry.direction === 'in' ? '<-' : '->'}${entry.delivery ? ` ${entry.delivery.state}` : ''}\n${entry.text}`;
  if (entry.kind === 'note') return `${head}  note\n${entry.text}`;
  if (entry.kind === 'brief') return `${head}  hand-over\n${[entry.asked, entry.tried, entry.promised, entry.next].join('\n')}`;
  return `${head}  ${entry.changes.map(({ field, from, to }) => `${field}: ${from ?? '–'} → ${to ?? '–'}`).join('; ')}`;
}

async function readInput(): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of process.stdin) parts.push(part as Buffer);
  return Buffer.concat(parts).toString('utf8');
}
/** Text from the option, or what comes in at stdin. */
const textOf = async (given: string | undefined) => (given !== undefined && given !== '-' ? given : readInput());

/** `2h`, `3d`, or a moment such as 2026-11-24T09:00:00Z. */
function momentOf(text: string, isRepeated: boolean): string {
  const [, count, unit] = /^(\d{1,5})([hd])$/.exec(text) ?? [];
  // Said again a minute later it would mean another moment, and the deed would not be the same.
  if (count !== undefined && isRepeated) throw new Error(`--until ${text}: with --idempotency-key give a moment (2026-11-24T09:00:00Z).`);
  const moment = count === undefined ? new Date(text) : new Date(Date.now() + Number(count) * (unit === 'h' ? 3_600_000 : 86_400_000));
  if (Number.isNaN(moment.getTime())) throw new Error(`--until ${text}: give hours (2h), days (3d) or a moment (2026-11-24T09:00:00Z).`);
  return moment.toISOString();
}

const atDesk = <T>(options: Options, work: (desk: CaseDesk) => Promise<T>, say: (result: T) => void): Promise<void> =>
  asWhoever(options, (ctx) => work(nearDesk(ctx)), (far) => work(farDesk(far, options.idempotencyKey)), say);

const numbered = (desk: CaseDesk, number: string): Promise<CaseDetail> => desk.find(checkInput(endpoints.cases.findByNumber.params, { number: number.replace(/^#/, '') }).number);

/** Finds the case as the agent sees it, does the work under the agent's name, and prints the case as it is then. */
function change(number: string, options: Options, work: (desk: CaseDesk, found: CaseDetail) => Promise<unknown>): Promise<void> {
  return atDesk(options, async (desk) => {
    const found = await numbered(desk, number);
    await work(desk, found);
    // Who gives a case away may not see it any more; then it is told as it was.
    return desk.find(found.number).catch((error: unknown) => (error instanceof Unreachable ? Promise.reject(error) : found));
  }, (value) => answer(value, options, line));
}

const changing = (group: Command, name: string) => verbOf(group, `${name} <number>`).option('--idempotency-key <key>', 'on a server: the same key twice is one deed, for scripts that repeat themselves');
const update = (number: string, options: Options, what: (desk: CaseDesk) => Change | Promise<Change>) => change(number, options, async (desk, found) => desk.update(found, await what(desk)));

export const cases: Verb = (program) => {
  const group = program.command('cases').description('Cases: look at them, answer, note, assign, tag, snooze, resolve; here or on a server').addHelpText('after', WHO_YOU_ARE);
  verbOf(group, 'list').description('The cases of a shelf, or those that filters find')
    .addOption(new Option('--shelf <shelf>', 'left out: the open ones; with a filter, every shelf').choices([...shelves, ...asideShelves]))
    .option('--mine', 'only those assigned to the agent').option('--tag <tag>', 'only those with this tag').option('--filter <filters...>', 'which cases, see below').option('--sort <order>', 'newest, waiting, priority, customer:asc …', 'newest')
    .option('--limit <cases>', 'up to 100', '25').option('--cursor <cursor>', 'nextCursor of the page before')
    .addHelpText('after', FILTER_HELP)
    .action((options: Options & { shelf?: string; mine?: boolean; tag?: string; filter?: string[]; sort: string; limit: string; cursor?: string }) =>
      atDesk(options, async (desk) => {
        const { mine, tag, filter = [], limit, cursor } = options;
        const shelf = options.shelf ?? (filter.length === 0 ? 'open' : undefined);
        const asked = [...(shelf ? [`shelves=${shelf}`] : []), ...(mine ? ['assignees=me'] : []), ...(tag ? [`allTags=${tag}`] : []), ...filter];
        return desk.list({ filter: await readFilterWords(asked, desk), sort: checkInput(caseSort, options.sort), ...checkInput(z.object(paging), { limit, cursor }) });
      }, (page) => {
        if (page.isPartlySorted) progress(`More cases fit than can be put in this order: looked at were the ${mostSorted} with the latest activity.`);
        answer(page, options, ({ items }) => items.map(line).join('\n'));
      }));
  verbOf(group, 'show <number>').description('A case with the newest part of its timeline').action((number: string, options: Options) =>
    atDesk(options, async (desk) => {
      const found = await numbered(desk, number);
      return { case: found, entries: await desk.entries(found.id) };
    }, (value) => answer(value, options, (shown) => [line(shown.case), ...shown.entries.map((entry) => harmless(entryLines(entry)))].join('\n\n'))));
  changing(group, 'reply').description('Answer the customer; the running server sends it').option('--text <text>', 'left out or -: from stdin')
    .addOption(new Option('--then <status>', 'the status afterwards').choices(['open', 'pending', 'on_hold', 'resolved']).default('pending'))
    .action(async (number: string, options: Options & { text?: string; then: CaseDetail['status'] }) => {
      const text = await textOf(options.text);
      await change(number, options, (desk, found) => desk.reply(found, text, options.then));
    });
  changing(group, 'note').description('Write an internal note').option('--text <text>', 'left out or -: from stdin')
    .action(async (number: string, options: Options & { text?: string }) => {
      const text = await textOf(options.text);
      await change(number, options, (desk, found) => desk.note(found, text));
    });
  changing(group, 'assign').description('Give a case to somebody').requiredOption('--to <address>', 'an agent’s address, or nobody')
    .action((number: string, options: Options & { to: string }) => update(number, options, async (desk) => ({ assigneeId: options.to === 'nobody' ? null : await desk.agentId(options.to) })));
  changing(group, 'tag').description('Put tags on a case or take them off').option('--add <tags...>', 'tags to put on').option('--remove <tags...>', 'tags to take off')
    .action((number: string, options: Options & { add?: string[]; remove?: string[] }) =>
      update(number, options, () => {
        if (!options.add && !options.remove) throw new Error('Say which tags: --add vip or --remove vip.');
        return { addTags: options.add ?? [], removeTags: options.remove ?? [] };
      }));
  changing(group, 'snooze').description('Let a case sleep until a moment, or wake it').requiredOption('--until <moment>', '2h, 3d, a moment such as 2026-11-24T09:00:00Z, or now to wake it')
    .action((number: string, options: Options & { until: string }) => update(number, options, () => ({ snoozedUntil: options.until === 'now' ? null : momentOf(options.until, options.idempotencyKey !== undefined) })));
  changing(group, 'resolve').description('Say that a matter is settled').action((number: string, options: Options) => update(number, options, () => ({ status: 'resolved' })));
};
