import type { CaseDetail } from '@rapport/contract';
import { ownAddressesAmong } from '../inboxes/index.ts';
import { caseReader } from '../platform/case-scope.ts';
import type { Ctx } from '../platform/context.ts';
import { findIdByNumber } from './case-store.ts';
import { findDetail, type DetailRow } from './detail-store.ts';
import { findNewestIncoming } from './entry-store.ts';
import type { Address } from './message-detail.ts';
import { noSuchCase } from './see-case.ts';
import { shapeCaseRow } from './shape-case.ts';

/** One case the reader may see. Throws `not_found`. */
export async function getCase(ctx: Ctx, caseId: string): Promise<CaseDetail> {
  return detailOf(ctx, await findDetail(ctx, caseReader(ctx.actor), caseId));
}

/** By its number, as people say it. Throws `not_found`. */
export async function findCaseByNumber(ctx: Ctx, number: number): Promise<CaseDetail> {
  const id = await findIdByNumber(ctx, number);
  if (id === undefined) throw noSuchCase();
  return getCase(ctx, id);
}

/** What somebody has just done is shown to them, also when it took the case out of their sight. */
export async function caseAfterChange(ctx: Ctx, caseId: string): Promise<CaseDetail> {
  return detailOf(ctx, await findDetail(ctx, { ...caseReader(ctx.actor), scope: 'all' }, caseId));
}

async function detailOf(ctx: Ctx, row: DetailRow | undefined): Promise<CaseDetail> {
  if (!row) throw noSuchCase();
  const { replyTo, replyAllCc } = await recipientsOf(ctx, row);
  return {
    ...shapeCaseRow(row), participants: row.participants, replyTo, replyAllCc, fromAddress: { address: row.inbox_address, name: row.inbox_name || null },
    lastReadEntryId: row.read_entry_id, isDemo: row.is_demo,
  };
}

/** Whom an answer goes to: as the newest message of a person asks for it, else the customer. Our own inboxes are never among them. */
async function recipientsOf(ctx: Ctx, row: DetailRow): Promise<{ replyTo: Address[]; replyAllCc: Address[] }> {
  const message = row.last_incoming_id === null ? undefined : ((await findNewestIncoming(ctx, row.id, false)) ?? (await findNewestIncoming(ctx, row.id, true)));
  if (!message) return { replyTo: row.customer_email === null ? [] : [{ address: row.customer_email, name: row.customer_name }], replyAllCc: [] };
  const asked = message.replyTo.length > 0 ? message.replyTo : [message.from];
  const others = [...message.to, ...message.cc];
  const own = await ownAddressesAmong(ctx, row.channel, [...asked, ...others].map(({ address }) => address));
  const seen = new Set<string>();
  const fresh = ({ address }: Address) => {
    const key = address.trim().toLowerCase();
    if (own.has(key) || seen.has(key)) return false;
    seen.add(key);
    return true;
  };
  const replyTo = asked.filter(fresh);
  return { replyTo, replyAllCc: others.filter(fresh) };
}
