import { importStates, type ImportCounts, type ImportFormat, type ImportOdd, type ImportOptions, type ImportRun, type ImportState, type Page } from '@rapport/contract';
import { recordAudit } from '../accounts/index.ts';
import { countImportedCases } from '../cases/index.ts';
import { countImportedCustomers } from '../customers/index.ts';
import { getInboxFacts } from '../inboxes/index.ts';
import { inAccount, mustBeAllowed, type AgentActor, type Ctx, type Platform } from '../platform/context.ts';
import { readCursor, uuidIn, writeCursor } from '../platform/cursor.ts';
import { newId } from '../platform/ids.ts';
import { Refusal } from '../platform/refusal.ts';
import { storableText } from '../platform/storable.ts';
import { checkJob, removeJob, runJob } from './jobs.ts';
import { sealPiece } from './pieces.ts';
import { noCounts } from './plan-batch.ts';
import { storedTrouble } from './troubles.ts';
import { deleteOdds, findRun, insertRun, lockRun, putPart, selectFiles, selectOdds, selectParts, selectRuns, writeRun, type RunRow } from './run-store.ts';

const HIGHEST = 'ffffffff-ffff-ffff-ffff-ffffffffffff';
const defaults: ImportOptions = { mailStatus: 'resolved', source: '' };

async function shape(ctx: Ctx, rows: readonly RunRow[]): Promise<ImportRun[]> {
  const files = await selectFiles(ctx, rows.map((row) => row.id));
  const filesOf = (row: RunRow): ImportRun['files'] => {
    const here = new Map(files.filter((file) => file.import_id === row.id).map(({ name, bytes }) => [name, bytes]));
    return row.files?.map(({ name, bytes }) => ({ name, bytes: here.get(name) ?? 0, expectedBytes: bytes })) ?? [...here].map(([name, bytes]) => ({ name, bytes, expectedBytes: null }));
  };
  return rows.map((row) => ({
    id: row.id, name: row.name, format: row.format, origin: row.origin, inboxId: row.inbox_id, options: { ...defaults, ...row.options }, state: row.state, files: filesOf(row), totalBytes: row.total_bytes, readBytes: row.read_bytes,
    found: row.found, counts: { ...noCounts(), ...row.counts } satisfies ImportCounts, odd: row.odd, formerColleagues: row.former, trouble: storedTrouble(row.trouble), byName: row.by_name, createdAt: row.created_at.toISOString(), finishedAt: row.finished_at?.toISOString() ?? null,
  }));
}

async function mustFind(ctx: Ctx, id: string): Promise<RunRow> {
  mustBeAllowed(ctx.actor, 'import.run');
  const row = await findRun(ctx, id);
  if (!row) throw new Refusal('not_found', 'This import does not exist.');
  return row;
}

/** Holds the import, which must be at one of these steps. */
async function holdAt(ctx: Ctx, id: string, states: readonly ImportState[]): Promise<RunRow> {
  mustBeAllowed(ctx.actor, 'import.run');
  const row = await lockRun(ctx, id);
  if (!row) throw new Refusal('not_found', 'This import does not exist.');
  if (!states.includes(row.state)) throw new Refusal('import_state', `It is ${row.state} now. Look again.`);
  return row;
}

/** One import with how far it is. Throws `not_found`. */
export async function getImport(ctx: Ctx, id: string): Promise<ImportRun> {
  const [run] = await shape(ctx, [await mustFind(ctx, id)]);
  return run as ImportRun;
}

/** A page of imports, newest first. */
export async function listImports(ctx: Ctx, query: { cursor?: string | undefined; limit: number }): Promise<Page<ImportRun>> {
  mustBeAllowed(ctx.actor, 'import.run');
  const position = readCursor(query.cursor, ['imports'], 1);
  const rows = await selectRuns(ctx, position ? uuidIn(position[0]) : HIGHEST, query.limit + 1);
  const items = await shape(ctx, rows.slice(0, query.limit));
  const last = items.at(-1);
  return { items, nextCursor: rows.length > query.limit && last ? writeCursor([last.id], ['imports']) : null };
}

export interface CreateImport {
  name: string;
  format: ImportFormat;
  inboxId: string;
  options?: ImportOptions | undefined;
  /** What will be uploaded, where that is known: each file's name and size. */
  files?: { name: string; bytes: number }[] | undefined;
  /** Of a source on the server's own disk: how large it is, and by what it is known again. */
  source?: { bytes: number; fingerprint: string };
}

/** Without the folders it came from. */
const storedName = (name: string) => storableText(name.split(/[/\\]/).at(-1) ?? name);

/** Begins an import into an inbox: of files that are uploaded next, or of a source the command line reads. Throws `not_found` for the inbox. */
export async function createImport(ctx: Ctx, input: CreateImport): Promise<ImportRun> {
  mustBeAllowed(ctx.actor, 'import.run');
  const inbox = await getInboxFacts(ctx, input.inboxId);
  const id = newId();
  const name = storableText(input.name);
  const files = input.files?.map((file) => ({ name: storedName(file.name), bytes: file.bytes })) ?? null;
  if (files && new Set(files.map((file) => file.name)).size < files.length) throw new Refusal('invalid_request', 'body.files: Two files have the same name. Give each a name of its own.');
  await insertRun(ctx, {
    id, name, format: input.format, origin: input.source ? 'command' : 'upload', inbox_id: inbox.id, options: input.options ?? defaults, state: input.source ? 'running' : 'uploading', total_bytes: input.source?.bytes ?? 0, fingerprint: input.source?.fingerprint ?? '', files, by_name: ctx.actor.name,
  });
  await recordAudit(ctx, input.source ? 'import.started' : 'import.created', { target: name, detail: { importId: id, format: input.format, inbox: inbox.name } });
  return getImport(ctx, id);
}

/** The pieces that are here. Throws `not_found`. */
export async function listPieces(ctx: Ctx, id: string): Promise<{ items: { file: string; place: number; bytes: number }[] }> {
  await mustFind(ctx, id);
  return { items: (await selectParts(ctx, id)).map(({ file, place, bytes }) => ({ file, place, bytes })) };
}

/** Keeps one piece of a file. The bytes are stored, sealed, before the row is; what a piece replaces is removed. */
export async function uploadPiece(platform: Platform, caller: AgentActor & { accountId: string }, importId: string, piece: { file: string; place: number; content: Buffer }): Promise<ImportRun> {
  const file = storedName(piece.file);
  const { files } = await inAccount(platform, caller.accountId, caller, (ctx) => holdAt(ctx, importId, ['uploading', 'stopped']));
  if (files && !files.some(({ name }) => name === file)) throw new Refusal('invalid_request', `query.file: ${file} is none of the files this import is made of. Begin a new import for it.`);
  const stored = await platform.files.put(caller.accountId, sealPiece(platform, importId, file, piece.place, piece.content));
  const { run, replaced } = await inAccount(platform, caller.accountId, caller, async (ctx) => {
    const { trouble } = await holdAt(ctx, importId, ['uploading', 'stopped']);
    const before = await putPart(ctx, importId, { file, place: piece.place, bytes: piece.content.length, file_key: stored.key });
    const parts = await selectParts(ctx, importId);
    // It is being mended.
    await writeRun(ctx, importId, { total_bytes: parts.reduce((sum, part) => sum + part.bytes, 0), trouble: trouble === 'upload_damaged' ? null : trouble });
    return { run: await getImport(ctx, importId), replaced: before };
  });
  if (replaced !== undefined && replaced !== stored.key) await platform.files.delete(replaced);
  return run;
}

/** Begins a trial of what was uploaded. Refuses `import_state` when it is running or in already, or while pieces are missing. */
export async function checkImport(ctx: Ctx, id: string): Promise<ImportRun> {
  const row = await holdAt(ctx, id, ['uploading', 'checked', 'stopped']);
  if (row.position > 0) throw new Refusal('import_state', 'Some of it is in already. Go on with it instead.');
  await mustBeWhole(ctx, row);
  await writeRun(ctx, id, { state: 'checking', read_bytes: 0, trouble: null });
  await ctx.platform.jobs.enqueue(ctx.tx, checkJob, { accountId: ctx.accountId, importId: id });
  return getImport(ctx, id);
}

async function mustBeWhole(ctx: Ctx, { id, files }: RunRow): Promise<void> {
  const parts = await selectParts(ctx, id);
  const byFile = Map.groupBy(parts, (part) => part.file);
  const broken = [...byFile].find(([, own]) => own.some((part, i) => part.place !== i));
  if (parts.length === 0) throw new Refusal('import_state', 'There is no file here. Upload it first.');
  if (broken) throw new Refusal('import_state', `A piece of ${broken[0]} is missing. Upload the pieces that are not here.`);
  const cut = files?.find((file) => (byFile.get(file.name) ?? []).reduce((sum, part) => sum + part.bytes, 0) !== file.bytes);
  if (cut) throw new Refusal('import_state', `The upload of ${cut.name} broke off. Upload the pieces that are not here.`);
}

/** Brings it in, or goes on where it stopped. */
export async function startImport(ctx: Ctx, id: string): Promise<ImportRun> {
  const row = await holdAt(ctx, id, ['uploading', 'checked', 'stopped']);
  if (row.origin === 'command') throw new Refusal('import_state', 'Its source is on the server’s disk: run the same command again, and it goes on.');
  await mustBeWhole(ctx, row);
  if (row.position === 0) await deleteOdds(ctx, id, false);
  await writeRun(ctx, id, { state: 'running', trouble: null, ...(row.position === 0 ? { odd: 0, former: [], read_bytes: 0 } : {}) });
  await recordAudit(ctx, 'import.started', { target: row.name, detail: { importId: id, format: row.format } });
  await ctx.platform.jobs.enqueue(ctx.tx, runJob, { accountId: ctx.accountId, importId: id });
  return getImport(ctx, id);
}

/** Stops an import, or a trial, after the batch at hand. What is in stays. */
export async function stopImport(ctx: Ctx, id: string): Promise<ImportRun> {
  const row = await holdAt(ctx, id, ['checking', 'running']);
  await writeRun(ctx, id, { state: row.state === 'checking' ? 'uploading' : 'stopped' });
  if (row.state === 'running') await recordAudit(ctx, 'import.stopped', { target: row.name, detail: { importId: id } });
  return getImport(ctx, id);
}

/** Whether the odd things of the trial are shown, or those of the import itself. */
export const showsTrial = (row: Pick<RunRow, 'state' | 'position'>): boolean => row.position === 0 && (row.state === 'uploading' || row.state === 'checking' || row.state === 'checked');

/** A page of what was odd, in the order of the source. */
export async function listOdd(ctx: Ctx, id: string, query: { cursor?: string | undefined; limit: number }): Promise<Page<ImportOdd>> {
  const row = await mustFind(ctx, id);
  const position = readCursor(query.cursor, ['import-odd', id], 1);
  const after = position === undefined ? -1 : Number(position[0]);
  const rows = await selectOdds(ctx, id, showsTrial(row), Number.isSafeInteger(after) && after < 1e9 ? after : -1, query.limit + 1);
  const last = rows.slice(0, query.limit).at(-1);
  return { items: rows.slice(0, query.limit).map(({ place: _place, ...odd }) => odd), nextCursor: rows.length > query.limit && last ? writeCursor([last.place], ['import-odd', id]) : null };
}

/** What removing an import would take away, and how much of it people have worked on since. */
export async function previewRemoval(ctx: Ctx, id: string): Promise<{ cases: number; touched: number; customers: number }> {
  await mustFind(ctx, id);
  return { ...(await countImportedCases(ctx, id)), customers: await countImportedCustomers(ctx, id) };
}

/** Begins to remove what an import made, and its uploaded files. One that is running ends with the batch at hand. */
export async function removeImport(ctx: Ctx, id: string, keepTouched: boolean): Promise<ImportRun> {
  const row = await holdAt(ctx, id, importStates);
  await writeRun(ctx, id, { state: 'removing', keeps_touched: keepTouched, trouble: null });
  await recordAudit(ctx, 'import.removed', { target: row.name, detail: { importId: id, keepTouched } });
  await ctx.platform.jobs.enqueue(ctx.tx, removeJob, { accountId: ctx.accountId, importId: id });
  return getImport(ctx, id);
}
