import type { ChannelName, ConnectionFinding, FindingValues, InboxSettings } from '@rapport/contract';
import type { Ctx } from '../platform/context.ts';
import type { Tx } from '../platform/database/index.ts';

/** What other rooms need of an inbox on a hot path; no secrets. */
export interface InboxFacts<Settings = InboxSettings> {
  id: string;
  channel: ChannelName;
  name: string;
  address: string;
  teamId: string | null;
  isEnabled: boolean;
  settings: Settings;
  isDemo: boolean;
}

/** The two ways of an inbox fail each for itself: its mail may come in while nothing goes out. */
export interface HealthPart {
  state: 'ok' | 'failing';
  detail: string | null;
  /** What `detail` says in English; missing where it is well, and where it was written before there were findings. */
  finding?: ConnectionFinding;
  values?: FindingValues;
}
export interface StoredHealth {
  state: 'ok' | 'waiting' | 'failing';
  detail: string | null;
  checkedAt: string | null;
  /** Of which `state` and `detail` are made; missing until something was tried. */
  receiving?: HealthPart;
  sending?: HealthPart;
}

export interface InboxRow<Settings = InboxSettings> {
  account_id: string;
  id: string;
  channel: ChannelName;
  name: string;
  address: string;
  team_id: string | null;
  is_enabled: boolean;
  settings: Settings;
  secrets: Buffer | null;
  health: StoredHealth;
  is_demo: boolean;
  version: number;
  created_at: Date;
}

const COLUMNS = 'account_id, id, channel, name, address, team_id, is_enabled, settings, secrets, health, is_demo, version, created_at';

export async function findRow(ctx: Ctx, id: string): Promise<InboxRow | undefined> {
  const [row] = await ctx.tx.named<InboxRow>('inbox_find', `select ${COLUMNS} from inbox where account_id = $1 and id = $2`, [ctx.accountId, id]);
  return row;
}

export async function lockRow(ctx: Ctx, id: string): Promise<InboxRow | undefined> {
  const [row] = await ctx.tx.run<InboxRow>(`select ${COLUMNS} from inbox where account_id = $1 and id = $2 for update`, [ctx.accountId, id]);
  return row;
}

export function selectRows(ctx: Ctx): Promise<InboxRow[]> {
  return ctx.tx.run<InboxRow>(`select ${COLUMNS} from inbox where account_id = $1 order by created_at, id`, [ctx.accountId]);
}

/** Over all accounts: for the doors and fetchers of channels. */
export function selectEnabled(tx: Tx): Promise<InboxRow[]> {
  return tx.run<InboxRow>(`select ${COLUMNS} from inbox where is_enabled order by created_at, id`);
}

/** Over all accounts: what is sealed. */
export function selectSealed(tx: Tx): Promise<{ account_id: string; id: string; address: string; secrets: Buffer }[]> {
  return tx.run('select account_id, id, address, secrets from inbox where secrets is not null order by address');
}

export async function insertInbox(ctx: Ctx, row: Omit<InboxRow, 'account_id' | 'health' | 'version'>): Promise<void> {
  await ctx.tx.run('insert into inbox (account_id, id, channel, name, address, team_id, is_enabled, settings, secrets, is_demo, created_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)', [
    ctx.accountId, row.id, row.channel, row.name, row.address, row.team_id, row.is_enabled, JSON.stringify(row.settings), row.secrets, row.is_demo, row.created_at,
  ]);
}

export async function saveInbox(ctx: Ctx, row: InboxRow): Promise<void> {
  await ctx.tx.run('update inbox set name = $3, address = $4, team_id = $5, is_enabled = $6, settings = $7, secrets = $8, version = version + 1 where account_id = $1 and id = $2', [
    ctx.accountId, row.id, row.name, row.address, row.team_id, row.is_enabled, JSON.stringify(row.settings), row.secrets,
  ]);
}

export async function saveSecrets(ctx: Ctx, id: string, secrets: Buffer | null): Promise<void> {
  await ctx.tx.run('update inbox set secrets = $3 where account_id = $1 and id = $2', [ctx.accountId, id, secrets]);
}

/** Makes `addresses` the inbox's own and gives up its others. Answers those that another inbox, of whatever account, has already. */
export async function claimAddresses(ctx: Ctx, channel: ChannelName, inboxId: string, addresses: readonly string[]): Promise<string[]> {
  await ctx.tx.run('delete from inbox_address where account_id = $1 and inbox_id = $2 and address <> all($3)', [ctx.accountId, inboxId, addresses]);
  await ctx.tx.run('insert into inbox_address (channel, address, account_id, inbox_id) select $1, address, $3, $4 from unnest($2::text[]) address on conflict do nothing', [channel, addresses, ctx.accountId, inboxId]);
  // Rows of other accounts stay unseen here, and those of other inboxes do not count.
  const mine = await ctx.tx.run<{ address: string }>('select address from inbox_address where account_id = $1 and inbox_id = $2', [ctx.accountId, inboxId]);
  const held = new Set(mine.map(({ address }) => address));
  return addresses.filter((address) => !held.has(address));
}

export async function findByAddress(tx: Tx, channel: ChannelName, addresses: readonly string[]): Promise<{ address: string; account_id: string; inbox_id: string }[]> {
  return tx.named(
    'inbox_by_address',
    'select a.address, a.account_id, a.inbox_id from inbox_address a join inbox i on i.account_id = a.account_id and i.id = a.inbox_id where a.channel = $1 and a.address = any($2) and i.is_enabled',
    [channel, addresses],
  );
}

export async function selectOwn(ctx: Ctx, channel: ChannelName, addresses: readonly string[]): Promise<string[]> {
  const rows = await ctx.tx.named<{ address: string }>('inbox_own_addresses', 'select address from inbox_address where account_id = $1 and channel = $2 and address = any($3)', [ctx.accountId, channel, addresses]);
  return rows.map(({ address }) => address);
}

export async function teamExists(ctx: Ctx, teamId: string): Promise<boolean> {
  return (await ctx.tx.run('select from team where account_id = $1 and id = $2', [ctx.accountId, teamId])).length > 0;
}

export async function saveHealth(ctx: Ctx, id: string, health: InboxRow['health']): Promise<void> {
  await ctx.tx.run('update inbox set health = $3 where account_id = $1 and id = $2', [ctx.accountId, id, JSON.stringify(health)]);
}

export async function deleteDemoInboxes(ctx: Ctx): Promise<string[]> {
  return (await ctx.tx.run<{ id: string }>('delete from inbox where account_id = $1 and is_demo returning id', [ctx.accountId])).map((row) => row.id);
}

export async function hasAddressBelow(ctx: Ctx, domain: string): Promise<boolean> {
  const [row] = await ctx.tx.run<{ has: boolean }>(`select exists (select from inbox_address where account_id = $1 and '.' || split_part(address, '@', 2) like '%.' || $2) as has`, [ctx.accountId, domain.replace(/[%_\\]/g, '\\$&')]);
  return row?.has ?? false;
}
