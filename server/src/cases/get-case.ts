import { asideDays, channelTraits, wayOnByAddress, type CaseDetail, type ChannelName } from '@rapport/contract';
import { fromAddressesOf, ownAddressesAmong, usualFrom } from '../inboxes/index.ts';
import { caseReader } from '../platform/case-scope.ts';
import { can, type Ctx } from '../platform/context.ts';
import { findIdByNumber } from './case-store.ts';
import { findDetail, type DetailRow } from './detail-store.ts';
import { findEntry, findNewestIncoming } from './entry-store.ts';
import { selectValues } from './field-store.ts';
import { selectFollowers } from './follow-store.ts';
import type { Address } from './message-detail.ts';
import { selectPromises } from './promise-store.ts';
import { shapePromise } from './promises.ts';
import { noSuchCase } from './see-case.ts';
import { shapeCaseRow } from './shape-case.ts';
import { shapeBrief } from './shape-entry.ts';
import { mailInboxFor } from './way-out.ts';

/** One case the reader may see. Throws `not_found`. */
export async function getCase(ctx: Ctx, caseId: string): Promise<CaseDetail> {
  const row = await findDetail(ctx, caseReader(ctx.actor), caseId);
  return detailOf(ctx, row?.removed_as === 'deleted' && !can(ctx.actor, 'case.delete') ? undefined : row);
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
  const { isAddressed } = channelTraits[row.channel];
  const own = { address: row.inbox_address, settings: row.inbox_settings };
  const mail = isAddressed ? own : await mailInboxFor(ctx, row.inbox_settings);
  const { replyTo, replyAllCc, written, isByMail } = mail ? await recipientsOf(ctx, row) : nobody;
  const inbox = mail ?? own;
  const answersBy: ChannelName[] = isAddressed ? [row.channel] : !mail ? [row.channel] : isByMail ? [wayOnByAddress, row.channel] : [row.channel, wayOnByAddress];
  return {
    ...shapeCaseRow(row), participants: row.participants, replyTo, replyAllCc, fromAddress: usualFrom(inbox, written), fromAddresses: fromAddressesOf(inbox), answersBy,
    lastReadEntryId: row.read_entry_id, isDemo: row.is_demo, hasPlanned: row.has_planned, hasLinks: row.has_links, ...(await propertiesOf(ctx, row)),
    mergedInto: row.merged_into, aside: asideOf(row),
  };
}

function asideOf({ removed_as: as, removed_at: at, removed_by: by, removed_reason: reason }: DetailRow): CaseDetail['aside'] {
  return as === null || at === null ? null : { as, at: at.toISOString(), by: by ?? '', reason, purgeAt: new Date(at.getTime() + asideDays * 86_400_000).toISOString() };
}

/** What belongs to the case beside its messages. */
async function propertiesOf(ctx: Ctx, row: DetailRow): Promise<Pick<CaseDetail, 'fields' | 'followers' | 'promises' | 'brief'>> {
  const values = await selectValues(ctx, row.id);
  const followers = await selectFollowers(ctx, row.id);
  const promises = await selectPromises(ctx, row.id);
  const pinned = row.brief_entry_id === null ? undefined : await findEntry(ctx, row.id, row.brief_entry_id);
  return {
    fields: values.map(({ field_id, value }) => ({ fieldId: field_id, value })), followers: followers.map(({ id, name, since }) => ({ id, name, since: since.toISOString() })),
    promises: promises.map((promise) => shapePromise(promise, ctx.clock.now())), brief: pinned ? shapeBrief(pinned) : null,
  };
}

interface Recipients {
  replyTo: Address[];
  replyAllCc: Address[];
  /** Where the customer wrote to. */
  written: string[];
  /** They wrote a mail last. */
  isByMail: boolean;
}
const nobody: Recipients = { replyTo: [], replyAllCc: [], written: [], isByMail: false };

/** Whom an answer by mail goes to: as the newest message of a person asks for it, else the customer, or where they said they can be reached. Our own inboxes are never among them. */
async function recipientsOf(ctx: Ctx, row: DetailRow): Promise<Recipients> {
  const message = row.last_incoming_id === null ? undefined : ((await findNewestIncoming(ctx, row.id, false)) ?? (await findNewestIncoming(ctx, row.id, true)));
  if (!message || message.visitor) {
    const address = message?.visitor?.email || row.customer_email;
    return { ...nobody, replyTo: address ? [{ address, name: row.customer_name }] : [] };
  }
  const asked = message.replyTo.length > 0 ? message.replyTo : [message.from];
  const others = [...message.to, ...message.cc];
  const own = await ownAddressesAmong(ctx, wayOnByAddress, [...asked, ...others].map(({ address }) => address));
  const seen = new Set<string>();
  const fresh = ({ address }: Address) => {
    const key = address.trim().toLowerCase();
    if (own.has(key) || seen.has(key)) return false;
    seen.add(key);
    return true;
  };
  const replyTo = asked.filter(fresh);
  return { replyTo, replyAllCc: others.filter(fresh), written: others.map(({ address }) => address), isByMail: true };
}
