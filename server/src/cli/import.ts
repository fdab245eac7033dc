import { basename } from 'node:path';
import { Argument, InvalidArgumentError, Option } from 'commander';
import { importFormats, importOptions, type ImportCounts, type ImportFormat, type ImportOptions, type ImportRun } from '@rapport/contract';
import { alone, checkSource, getImport, listImports, openDesk, previewRemoval, removeImport, removeMade, reportOf, resumeOrCreate, runImport, type SourceFile } from '../importing/index.ts';
import { listInboxes } from '../inboxes/index.ts';
import { inAccount, systemActor, type Platform } from '../platform/context.ts';
import { getInstalledAccount } from '../setup/index.ts';
import { answer, fail, withPlatform, type Verb } from './command.ts';
import { filesIn, sourceAt } from './import-source.ts';
import { COMMAND_LINE } from './in-installation.ts';
import { showProgress } from './show-progress.ts';

interface Options {
  dryRun?: boolean;
  inbox?: string;
  mailStatus: ImportOptions['mailStatus'];
  source: string;
  files?: string;
  json?: boolean;
}

const operator = systemActor(COMMAND_LINE);

/** The same name that the web would take. */
function sourceName(given: string): string {
  const { success, data } = importOptions.shape.source.safeParse(given);
  if (!success) throw new InvalidArgumentError('Take letters, digits, dots, - and _, 60 at most.');
  return data;
}

async function inboxNamed(platform: Platform, accountId: string, wanted: string | undefined): Promise<string> {
  const { items } = await inAccount(platform, accountId, operator, listInboxes);
  const fitting = wanted === undefined ? items : items.filter((inbox) => [inbox.id, inbox.name.toLowerCase(), inbox.address.toLowerCase()].includes(wanted.toLowerCase()));
  const [only] = fitting;
  if (only && fitting.length === 1) return only.id;
  throw new Error(`Say which inbox with --inbox, by its name or address: ${items.map((inbox) => `${inbox.name} (${inbox.address})`).join(', ') || 'there is none yet'}.`);
}

const counted = (counts: ImportCounts): string => Object.entries(counts).map(([what, count]) => `  ${what.padEnd(18)} ${count}`).join('\n');
const named = (run: ImportRun): string => `${run.id}  ${run.state.padEnd(9)} ${run.format.padEnd(13)} ${run.createdAt.slice(0, 16)}  ${String(run.counts.cases).padStart(7)} cases  ${run.name}`;
const inFull = (run: ImportRun): string =>
  [named(run), counted(run.counts), `  odd                ${run.odd}`, ...run.formerColleagues.map((one) => `  former colleague: ${one.name}${one.email === null ? '' : ` <${one.email}>`}, ${one.entries} entries`)].join('\n');

async function trial(platform: Platform, accountId: string, source: { format: ImportFormat; files: readonly SourceFile[] }, inboxId: string, options: Options): Promise<void> {
  const desk = await openDesk(platform, accountId, { format: source.format, inbox_id: inboxId, options }, { isTrial: true, findFile: filesIn(options.files) });
  const show = showProgress();
  const found = await checkSource(desk, source.files, (counts) => {
    show({ step: 'reading', done: counts.records, unit: 'rows' });
    return false;
  });
  const odds = found.odds.map(({ place, code, sourceId }) => ({ file: place.file, record: place.record, line: place.line, code, sourceId }));
  answer({ format: source.format, counts: found.counts, odd: found.odd, odds, formerColleagues: found.former }, options, (value) =>
    ['Nothing was written. It would make:', counted(value.counts), `  odd                ${value.odd}`, ...value.odds.slice(0, 50).map((odd) => `  ${odd.file}, ${odd.line === null ? `record ${odd.record}` : `line ${odd.line}`}: ${odd.code}${odd.sourceId === null ? '' : ` (${odd.sourceId})`}`),
      ...(value.odds.length > 50 ? ['  … --json lists all of them'] : []), ...value.formerColleagues.map((one) => `  no agent here: ${one.name}${one.email === null ? '' : ` <${one.email}>`}, ${one.entries} entries`)].join('\n'));
}

async function bringIn(platform: Platform, accountId: string, source: Awaited<ReturnType<typeof sourceAt>>, inboxId: string, options: Options, paths: readonly string[]): Promise<void> {
  const total = source.files.reduce((sum, file) => sum + file.bytes, 0);
  const settings = { mailStatus: options.mailStatus, source: options.source };
  const { run, isResumed } = await inAccount(platform, accountId, operator, (ctx) =>
    resumeOrCreate(ctx, { name: paths.map((path) => basename(path)).join(', ').slice(0, 200), format: source.format, inboxId, options: settings, source: { bytes: total, fingerprint: `${source.fingerprint}:${inboxId}:${options.source}` } }));
  if (isResumed) process.stderr.write(`Going on with ${run.id}: ${run.counts.records} records are in already.\n`);
  const desk = await openDesk(platform, accountId, { format: run.format, inbox_id: run.inboxId, options: run.options }, { isTrial: false, findFile: filesIn(options.files) });
  const show = showProgress();
  const isMine = await alone(platform, run.id, async (isMine) => {
    await runImport(desk, run, source.files, { mayGoOn: isMine, onProgress: (counts) => show({ step: 'bringing in', done: counts.records, unit: 'rows' }) });
  });
  if (!isMine) throw new Error('Another process is bringing this in right now.');
  const after = await inAccount(platform, accountId, operator, (ctx) => getImport(ctx, run.id));
  if (after.state !== 'done') {
    process.exitCode = 1;
    process.stderr.write(after.state === 'removing' || after.state === 'removed' ? 'Somebody is removing it.\n' : 'It was stopped. Run the same command again to go on.\n');
  }
  answer(after, options, inFull);
}

/** Runs `work` for the installed account. */
const withAccount = (work: (platform: Platform, accountId: string) => Promise<void>): Promise<void> =>
  withPlatform(async (platform) => work(platform, (await getInstalledAccount(platform)).id)).catch(fail);

export const importing: Verb = (program) => {
  const group = program
    .command('import').description('Bring in what another help desk or a mailbox holds; the same command again goes on where it was')
    .addArgument(new Argument('<format>', 'of the source').choices(['auto', ...importFormats])).argument('<path...>', 'files, or folders with all their files')
    .option('--dry-run', 'only say what it would make and what is odd').option('--inbox <inbox>', 'name or address; not needed when there is one').option('--files <folder>', 'where files lie that the export only names: <id>/<name>, <id> or <name>')
    .addOption(new Option('--mail-status <status>', 'what becomes of the cases of a mailbox').choices(['open', 'resolved', 'closed']).default('resolved'))
    .option('--source <name>', 'tells two sources of one kind apart whose numbers are the same; the same name again for a later export of the same source', sourceName, '').option('--json', 'one JSON document')
    .action((format: ImportFormat | 'auto', paths: string[], options: Options) =>
      withAccount(async (platform, accountId) => {
        const source = await sourceAt(format, paths);
        const inboxId = await inboxNamed(platform, accountId, options.inbox);
        await (options.dryRun ? trial(platform, accountId, source, inboxId, options) : bringIn(platform, accountId, source, inboxId, options, paths));
      }));
  group.command('list').description('Imports, newest first').option('--json', 'one JSON document').action((_options: unknown, command: { optsWithGlobals: () => { json?: boolean } }) =>
    withAccount(async (platform, accountId) => answer(await inAccount(platform, accountId, operator, (ctx) => listImports(ctx, { limit: 100 })), command.optsWithGlobals(), ({ items }) => items.map(named).join('\n') || 'Nothing was brought in yet.')));
  group.command('show').description('One import: what it made, and its report').argument('<id>').option('--report', 'the report, as CSV').option('--json', 'one JSON document')
    .action((id: string, options: { report?: boolean }, command: { optsWithGlobals: () => { json?: boolean } }) =>
      withAccount(async (platform, accountId) => {
        if (options.report) process.stdout.write((await inAccount(platform, accountId, operator, (ctx) => reportOf(ctx, id))).csv);
        else answer(await inAccount(platform, accountId, operator, (ctx) => getImport(ctx, id)), command.optsWithGlobals(), inFull);
      }));
  group.command('remove').description('Remove for good what an import made; without --yes it only says what that is').argument('<id>').option('--yes', 'do it').option('--with-touched', 'also the cases somebody has worked on since').option('--json', 'one JSON document')
    .action((id: string, options: { yes?: boolean; withTouched?: boolean }, command: { optsWithGlobals: () => { json?: boolean } }) =>
      withAccount(async (platform, accountId) => {
        const there = await inAccount(platform, accountId, operator, (ctx) => previewRemoval(ctx, id));
        if (!options.yes) return answer(there, command.optsWithGlobals(), (value) => `It made ${value.cases} cases that are here, ${value.touched} of which somebody has worked on since, and ${value.customers} customers without another case. Say --yes to remove them.`);
        await inAccount(platform, accountId, operator, (ctx) => removeImport(ctx, id, options.withTouched !== true));
        await removeMade(platform, { accountId, importId: id });
        answer(await inAccount(platform, accountId, operator, (ctx) => getImport(ctx, id)), command.optsWithGlobals(), (run) => (run.state === 'removed' ? 'It is gone.' : 'The running server is removing it.'));
      }));
};
