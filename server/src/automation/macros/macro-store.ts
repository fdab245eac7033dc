import type { MacroAudience, MacroContent } from '@rapport/contract';
import type { Ctx } from '../../platform/context.ts';
import type { Tx } from '../../platform/database/index.ts';

export interface MacroReader {
  agentId: string;
  teamIds: readonly string[];
  /** Sees the folders of every team. */
  isOverTeams: boolean;
}

export interface FolderRow {
  id: string;
  name: string;
  audience: MacroAudience;
  owner_id: string | null;
  team_id: string | null;
  macro_count: number;
}

export interface MacroRecord {
  id: string;
  name: string;
  content: MacroContent;
  is_shipped: boolean;
  version: number;
  updated_at: Date;
  updated_by_name: string;
  folder_id: string;
  folder_name: string;
  audience: MacroAudience;
  owner_id: string | null;
  team_id: string | null;
  uses: number;
  last_used_at: Date | null;
}

// Whose a folder is decides who sees it: $2 the reader, $3 whether above all teams, $4 the reader's teams.
const SEEN = `(f.audience = 'everyone' or f.owner_id = $2 or (f.audience = 'team' and ($3 or f.team_id = any($4))))`;
const seenBy = (ctx: Ctx, reader: MacroReader) => [ctx.accountId, reader.agentId, reader.isOverTeams, reader.teamIds];
const FOLDER = 'f.id, f.name, f.audience, f.owner_id, f.team_id, (select count(*)::int from macro m where m.account_id = $1 and m.folder_id = f.id) as macro_count';
const MACRO = `m.id, m.name, m.content, m.is_shipped, m.version, m.updated_at, m.updated_by_name, m.folder_id, f.name as folder_name, f.audience, f.owner_id, f.team_id, coalesce(u.uses, 0)::int as uses, u.last_used_at
  from macro m join macro_folder f on f.account_id = m.account_id and f.id = m.folder_id
  left join lateral (select sum(uses) as uses, max(last_used_at) as last_used_at from macro_use where account_id = $1 and macro_id = m.id) u on true`;

export function selectFolders(ctx: Ctx, reader: MacroReader): Promise<FolderRow[]> {
  return ctx.tx.run(`select ${FOLDER} from macro_folder f where f.account_id = $1 and ${SEEN} order by array_position(array['personal', 'team', 'everyone'], f.audience), lower(f.name), f.id`, seenBy(ctx, reader));
}

export async function findFolder(ctx: Ctx, reader: MacroReader, folderId: string): Promise<FolderRow | undefined> {
  const [row] = await ctx.tx.run<FolderRow>(`select ${FOLDER} from macro_folder f where f.account_id = $1 and ${SEEN} and f.id = $5 for update of f`, [...seenBy(ctx, reader), folderId]);
  return row;
}

export async function insertFolder(ctx: Ctx, folder: { id: string; name: string; audience: MacroAudience; ownerId: string | null; teamId: string | null }): Promise<void> {
  await ctx.tx.run('insert into macro_folder (account_id, id, name, audience, owner_id, team_id, created_at) values ($1, $2, $3, $4, $5, $6, $7)', [ctx.accountId, folder.id, folder.name, folder.audience, folder.ownerId, folder.teamId, ctx.clock.now()]);
}

export async function setFolderName(ctx: Ctx, folderId: string, name: string): Promise<void> {
  await ctx.tx.run('update macro_folder set name = $3 where account_id = $1 and id = $2', [ctx.accountId, folderId, name]);
}

export async function deleteFolder(ctx: Ctx, folderId: string): Promise<void> {
  await ctx.tx.run('delete from macro_folder where account_id = $1 and id = $2', [ctx.accountId, folderId]);
}

/** What the reader may use; what is used most comes first. */
export function selectMacros(ctx: Ctx, reader: MacroReader): Promise<MacroRecord[]> {
  return ctx.tx.run(`select ${MACRO} where m.account_id = $1 and ${SEEN} order by coalesce(u.uses, 0) desc, lower(m.name), m.id`, seenBy(ctx, reader));
}

export async function findMacro(ctx: Ctx, reader: MacroReader, macroId: string): Promise<MacroRecord | undefined> {
  const [row] = await ctx.tx.run<MacroRecord>(`select ${MACRO} where m.account_id = $1 and ${SEEN} and m.id = $5`, [...seenBy(ctx, reader), macroId]);
  return row;
}

/** Holds a macro until the transaction ends. */
export async function lockMacro(ctx: Ctx, macroId: string): Promise<number | undefined> {
  const [row] = await ctx.tx.run<{ version: number }>('select version from macro where account_id = $1 and id = $2 for update', [ctx.accountId, macroId]);
  return row?.version;
}

export interface MacroWrite {
  id: string;
  folderId: string;
  name: string;
  content: MacroContent;
  version: number;
  isShipped: boolean;
  byId: string | null;
  byName: string;
}

/** The macro as it is from now on, and this version of it for good. */
export async function writeMacro(ctx: Ctx, macro: MacroWrite): Promise<void> {
  const values = [ctx.accountId, macro.id, macro.folderId, macro.name, JSON.stringify(macro.content), macro.version, ctx.clock.now(), macro.byId, macro.byName, macro.isShipped];
  await ctx.tx.run(
    `insert into macro (account_id, id, folder_id, name, content, version, created_at, updated_at, updated_by_id, updated_by_name, is_shipped) values ($1, $2, $3, $4, $5, $6, $7, $7, $8, $9, $10)
     on conflict (account_id, id) do update set folder_id = excluded.folder_id, name = excluded.name, content = excluded.content, version = excluded.version, updated_at = excluded.updated_at, updated_by_id = excluded.updated_by_id,
       updated_by_name = excluded.updated_by_name, is_shipped = false`,
    values,
  );
  await ctx.tx.run(
    'insert into macro_version (account_id, macro_id, version, name, content, changed_by_id, changed_by_name, changed_at) values ($1, $2, $3, $4, $5, $6, $7, $8)',
    [ctx.accountId, macro.id, macro.version, macro.name, JSON.stringify(macro.content), macro.byId, macro.byName, ctx.clock.now()],
  );
}

export interface StoredMacro {
  macro: { id: string; folder_id: string; name: string; content: MacroContent; is_shipped: boolean; version: number; created_at: string; updated_at: string; updated_by_id: string | null; updated_by_name: string };
  versions: { version: number; name: string; content: MacroContent; changed_by_id: string | null; changed_by_name: string; changed_at: string }[];
  uses: { uses: number; last_used_at: string }[];
}

/** A macro with all that goes with it, as it stands in the database. */
export async function takeMacro(ctx: Ctx, macroId: string): Promise<StoredMacro> {
  const [row] = await ctx.tx.run<StoredMacro>(
    `select to_jsonb(m) - 'account_id' as macro,
       coalesce((select jsonb_agg(to_jsonb(v) - 'account_id' - 'macro_id' order by v.version) from macro_version v where v.account_id = $1 and v.macro_id = m.id), '[]') as versions,
       coalesce((select jsonb_agg(jsonb_build_object('uses', u.uses, 'last_used_at', u.last_used_at)) from macro_use u where u.account_id = $1 and u.macro_id = m.id), '[]') as uses
     from macro m where m.account_id = $1 and m.id = $2 for update of m`,
    [ctx.accountId, macroId],
  );
  return row as StoredMacro;
}

/** Puts it back. False when it is there. */
export async function putMacroBack(ctx: Ctx, { macro, versions, uses }: StoredMacro): Promise<boolean> {
  const there = await ctx.tx.run('select 1 from macro where account_id = $1 and id = $2', [ctx.accountId, macro.id]);
  if (there.length > 0) return false;
  await ctx.tx.run(
    `insert into macro (account_id, id, folder_id, name, content, is_shipped, version, created_at, updated_at, updated_by_id, updated_by_name)
     select $1, m.id, m.folder_id, m.name, m.content, m.is_shipped, m.version, m.created_at, m.updated_at, m.updated_by_id, m.updated_by_name from jsonb_populate_record(null::macro, $2) m`,
    [ctx.accountId, JSON.stringify(macro)],
  );
  await ctx.tx.run(
    `insert into macro_version (account_id, macro_id, version, name, content, changed_by_id, changed_by_name, changed_at)
     select $1, $2, v.version, v.name, v.content, v.changed_by_id, v.changed_by_name, v.changed_at from jsonb_populate_recordset(null::macro_version, $3) v`,
    [ctx.accountId, macro.id, JSON.stringify(versions)],
  );
  await ctx.tx.run('insert into macro_use (account_id, macro_id, uses, last_used_at) select $1, $2, u.uses, u.last_used_at from jsonb_populate_recordset(null::macro_use, $3) u', [ctx.accountId, macro.id, JSON.stringify(uses)]);
  return true;
}

export async function deleteMacro(ctx: Ctx, macroId: string): Promise<void> {
  await ctx.tx.run('delete from macro where account_id = $1 and id = $2', [ctx.accountId, macroId]);
}

export interface VersionRow {
  version: number;
  name: string;
  content: MacroContent;
  changed_by_name: string;
  changed_at: Date;
}

export function selectVersions(ctx: Ctx, macroId: string, below: number, limit: number): Promise<VersionRow[]> {
  return ctx.tx.run('select version, name, content, changed_by_name, changed_at from macro_version where account_id = $1 and macro_id = $2 and version < $3 order by version desc limit $4', [ctx.accountId, macroId, below, limit]);
}

export async function insertUse(ctx: Ctx, macroId: string): Promise<void> {
  await ctx.tx.run('insert into macro_use (account_id, macro_id, uses, last_used_at) values ($1, $2, 1, $3)', [ctx.accountId, macroId, ctx.clock.now()]);
}

/** Over all accounts: many rows of a macro become one. Rows that are written meanwhile stay. */
export async function foldUses(tx: Tx): Promise<void> {
  await tx.run(
    `with many as (select account_id, macro_id from macro_use group by account_id, macro_id having count(*) > 1),
     gone as (delete from macro_use u using many where u.account_id = many.account_id and u.macro_id = many.macro_id returning u.account_id, u.macro_id, u.uses, u.last_used_at)
     insert into macro_use (account_id, macro_id, uses, last_used_at) select account_id, macro_id, sum(uses)::int, max(last_used_at) from gone group by account_id, macro_id`,
  );
}

/** The language of whoever set the account up. */
export async function findFounderLocale(ctx: Ctx): Promise<string | undefined> {
  const [row] = await ctx.tx.run<{ locale: string }>('select locale from agent where account_id = $1 order by created_at, id limit 1', [ctx.accountId]);
  return row?.locale;
}
