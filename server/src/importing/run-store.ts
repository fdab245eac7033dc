import type { ImportCounts, ImportFormat, ImportOdd, ImportOptions, ImportRun, ImportState } from '@rapport/contract';
import type { Ctx } from '../platform/context.ts';
import type { Tx } from '../platform/database/index.ts';

export interface RunRow {
  id: string; name: string; format: ImportFormat; origin: 'upload' | 'command'; inbox_id: string; options: ImportOptions; state: ImportState; position: number; total_bytes: number; read_bytes: number; found: ImportCounts | null; counts: ImportCounts | Record<string, never>;
  odd: number; former: ImportRun['formerColleagues']; trouble: string | null; keeps_touched: boolean; fingerprint: string; files: { name: string; bytes: number }[] | null; by_name: string; created_at: Date; finished_at: Date | null;
}

const COLUMNS = 'id, name, format, origin, inbox_id, options, state, position, total_bytes, read_bytes, found, counts, odd, former, trouble, keeps_touched, fingerprint, files, by_name, created_at, finished_at';

export async function insertRun(ctx: Ctx, run: Pick<RunRow, 'id' | 'name' | 'format' | 'origin' | 'inbox_id' | 'options' | 'state' | 'total_bytes' | 'fingerprint' | 'files' | 'by_name'>): Promise<void> {
  await ctx.tx.run('insert into import_run (account_id, id, name, format, origin, inbox_id, options, state, total_bytes, fingerprint, files, by_name, created_at, moved_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $13)', [
    ctx.accountId, run.id, run.name, run.format, run.origin, run.inbox_id, JSON.stringify(run.options), run.state, run.total_bytes, run.fingerprint, run.files && JSON.stringify(run.files), run.by_name, ctx.clock.now(),
  ]);
}

export async function findRun(ctx: Ctx, id: string): Promise<RunRow | undefined> {
  return (await ctx.tx.run<RunRow>(`select ${COLUMNS} from import_run where account_id = $1 and id = $2`, [ctx.accountId, id]))[0];
}

/** Holds the run until the transaction ends: every step of it comes through here. */
export async function lockRun(ctx: Ctx, id: string): Promise<RunRow | undefined> {
  return (await ctx.tx.named<RunRow>('import_run_lock', `select ${COLUMNS} from import_run where account_id = $1 and id = $2 for update`, [ctx.accountId, id]))[0];
}

/** The newest run of the same source that has not come to its end, or is being removed. */
export async function findUnfinished(ctx: Ctx, fingerprint: string): Promise<RunRow | undefined> {
  return (await ctx.tx.run<RunRow>(`select ${COLUMNS} from import_run where account_id = $1 and fingerprint = $2 and state in ('running', 'stopped', 'removing') order by id desc limit 1`, [ctx.accountId, fingerprint]))[0];
}

/** Below `before`, newest first. */
export function selectRuns(ctx: Ctx, before: string, limit: number): Promise<RunRow[]> {
  return ctx.tx.run<RunRow>(`select ${COLUMNS} from import_run where account_id = $1 and id < $2 order by id desc limit $3`, [ctx.accountId, before, limit]);
}

type Change = Partial<Pick<RunRow, 'state' | 'position' | 'read_bytes' | 'total_bytes' | 'trouble' | 'odd' | 'keeps_touched' | 'finished_at'>> & { counts?: ImportCounts; found?: ImportCounts | null; former?: RunRow['former'] };
const JSON_COLUMNS = new Set(['counts', 'found', 'former']);

/** Changes what is given of a run that is held. */
export async function writeRun(ctx: Ctx, id: string, change: Change): Promise<void> {
  const entries = Object.entries(change);
  const sets = entries.map(([column], i) => `${column} = $${i + 4}`);
  await ctx.tx.run(`update import_run set ${['moved_at = $3', ...sets].join(', ')} where account_id = $1 and id = $2`, [ctx.accountId, id, ctx.clock.now(), ...entries.map(([column, value]) => (JSON_COLUMNS.has(column) && value !== null ? JSON.stringify(value) : value))]);
}

export interface PartRow { file: string; place: number; bytes: number; file_key: string }

/** The pieces by file and place; which file is read first, `order-files.ts` says. */
export function selectParts(ctx: Ctx, id: string): Promise<PartRow[]> {
  return ctx.tx.run<PartRow>(`select file, place, bytes, file_key from import_part where account_id = $1 and import_id = $2 order by file, place`, [ctx.accountId, id]);
}

/** Answers the key of the piece that stood there before, if another did. */
export async function putPart(ctx: Ctx, id: string, part: PartRow): Promise<string | undefined> {
  const [before] = await ctx.tx.run<{ file_key: string }>('select file_key from import_part where account_id = $1 and import_id = $2 and file = $3 and place = $4', [ctx.accountId, id, part.file, part.place]);
  await ctx.tx.run('insert into import_part (account_id, import_id, file, place, bytes, file_key) values ($1, $2, $3, $4, $5, $6) on conflict (account_id, import_id, file, place) do update set bytes = excluded.bytes, file_key = excluded.file_key', [ctx.accountId, id, part.file, part.place, part.bytes, part.file_key]);
  return before?.file_key;
}

export async function deleteParts(ctx: Ctx, id: string): Promise<string[]> {
  return (await ctx.tx.run<{ file_key: string }>('delete from import_part where account_id = $1 and import_id = $2 returning file_key', [ctx.accountId, id])).map((row) => row.file_key);
}

export async function selectFiles(ctx: Ctx, ids: readonly string[]): Promise<{ import_id: string; name: string; bytes: number }[]> {
  return ctx.tx.run('select import_id, file as name, sum(bytes)::int8 as bytes from import_part where account_id = $1 and import_id = any($2) group by import_id, file order by file', [ctx.accountId, ids]);
}

export async function insertOdds(ctx: Ctx, id: string, isCheck: boolean, from: number, odds: readonly ImportOdd[]): Promise<void> {
  await ctx.tx.run(
    `insert into import_odd (account_id, import_id, is_check, place, file, record, line, code, source_id) select $1, $2, $3, o.place, o.file, o.record, o.line, o.code, o."sourceId"
     from jsonb_to_recordset($4) o(place int, file text, record int, line int, code text, "sourceId" text)`,
    [ctx.accountId, id, isCheck, JSON.stringify(odds.map((each, i) => ({ ...each, place: from + i })))],
  );
}

export async function deleteOdds(ctx: Ctx, id: string, isCheck: boolean): Promise<void> {
  await ctx.tx.run('delete from import_odd where account_id = $1 and import_id = $2 and is_check = $3', [ctx.accountId, id, isCheck]);
}

export function selectOdds(ctx: Ctx, id: string, isCheck: boolean, after: number, limit: number): Promise<(ImportOdd & { place: number })[]> {
  return ctx.tx.run('select place, file, record, line, code, source_id as "sourceId" from import_odd where account_id = $1 and import_id = $2 and is_check = $3 and place > $4 order by place limit $5', [ctx.accountId, id, isCheck, after, limit]);
}

/** Over all accounts: whether another upload is to be brought in. */
export async function isAnotherRunning(tx: Tx, id: string): Promise<boolean> {
  return (await tx.run(`select 1 from import_run where state = 'running' and origin = 'upload' and id <> $1 limit 1`, [id])).length > 0;
}

/** Over all accounts: what should be moving and has not for a while. */
export function selectStuck(tx: Tx, before: Date): Promise<{ account_id: string; id: string }[]> {
  return tx.run(`select account_id, id from import_run where (state = 'removing' or (origin = 'upload' and state in ('checking', 'running'))) and moved_at < $1 order by moved_at limit 100`, [before]);
}

/** Over all accounts: uploads nobody came back to. */
export function selectAbandoned(tx: Tx, before: Date): Promise<{ account_id: string; id: string }[]> {
  return tx.run(`select account_id, id from import_run r where origin = 'upload' and moved_at < $1 and state in ('uploading', 'checked', 'stopped') and exists (select from import_part p where p.account_id = r.account_id and p.import_id = r.id) order by moved_at limit 100`, [before]);
}
