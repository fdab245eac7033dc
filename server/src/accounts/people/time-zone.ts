import type { Ctx } from '../../platform/context.ts';
import { Refusal } from '../../platform/refusal.ts';
import { isTimeZoneKnown, saveTimeZone, selectAccount, type AccountRow } from './account-store.ts';

export function timeZoneOf(account: Pick<AccountRow, 'settings'>): string {
  const chosen = account.settings['timeZone'];
  return typeof chosen === 'string' ? chosen : 'UTC';
}

/** In which time zone the company counts its days, as `Europe/Berlin`; UTC until somebody has chosen. */
export async function getTimeZone(ctx: Pick<Ctx, 'tx' | 'accountId'>): Promise<string> {
  const account = await selectAccount(ctx.tx, ctx.accountId);
  return account ? timeZoneOf(account) : 'UTC';
}

// Asking for all names reads the files of every zone.
const known = new Set<string>();

/** Whether the database can count in this zone; it may know fewer than the program that asks. */
export async function isTimeZone(ctx: Pick<Ctx, 'tx'>, timeZone: string): Promise<boolean> {
  if (!known.has(timeZone) && (await isTimeZoneKnown(ctx.tx, timeZone))) known.add(timeZone);
  return known.has(timeZone);
}

/** Refuses `invalid_request` for a zone that the database does not know, since it is what counts the days. */
export async function chooseTimeZone(ctx: Pick<Ctx, 'tx' | 'accountId'>, timeZone: string): Promise<void> {
  if (!(await isTimeZone(ctx, timeZone))) throw new Refusal('invalid_request', 'body.timeZone: This time zone is not known here. Choose another of the same region.');
  await saveTimeZone(ctx.tx, ctx.accountId, timeZone);
}
