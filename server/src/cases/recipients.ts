import type { RecipientCheck } from '@rapport/contract';
import { can, mustBeAllowed, type Ctx } from '../platform/context.ts';
import { readSearchTerms, tsqueryOf } from '../platform/search-words.ts';
import { findCustomerAddresses, findKnownRecipients, selectParticipantsLike } from './recipient-store.ts';
import { seeCase } from './see-case.ts';

/**
 * What a second look at recipients tells: who takes part in the case, who does so only because they wrote or were copied in and was never answered, and whose address belongs to another
 * customer. Answers in the order asked, in lower case.
 */
export async function checkRecipients(ctx: Ctx, input: { caseId: string; addresses: readonly string[] }): Promise<{ items: RecipientCheck[] }> {
  mustBeAllowed(ctx.actor, 'case.reply');
  const record = await seeCase(ctx, input.caseId);
  const addresses = [...new Set(input.addresses.map((address) => address.trim().toLowerCase()))];
  const rows = new Map((await findKnownRecipients(ctx, record, addresses)).map((row) => [row.address, row]));
  const mayKnow = can(ctx.actor, 'customer.read');
  return {
    items: addresses.map((address) => {
      const row = rows.get(address);
      const customerId = row?.customer_id ?? null;
      const isOther = customerId !== null && customerId !== record.customerId;
      const isParticipant = row?.is_participant ?? false;
      return {
        address, name: row?.name ?? null, isParticipant, isStranger: isParticipant && !(row?.was_answered ?? false) && (isOther || (row?.came_new ?? false)),
        otherCustomer: isOther ? { id: customerId, name: mayKnow ? (row?.customer_name ?? '') : '' } : null,
      };
    }),
  };
}

const MOST = 8;

/** Addresses that fit what was typed: those of the case first, then customers' whose name or address has all the words. At most eight. */
export async function suggestRecipients(ctx: Ctx, query: { q: string; caseId?: string | undefined }): Promise<{ items: { address: string; name: string | null; isParticipant: boolean }[] }> {
  mustBeAllowed(ctx.actor, 'case.reply');
  if (query.caseId !== undefined) await seeCase(ctx, query.caseId);
  const participants = query.caseId === undefined ? [] : await selectParticipantsLike(ctx, query.caseId, query.q.toLowerCase(), MOST);
  const terms = can(ctx.actor, 'customer.read') ? readSearchTerms(query.q) : [];
  const customers = terms.length === 0 ? [] : await findCustomerAddresses(ctx, tsqueryOf(terms), MOST);
  const seen = new Set<string>();
  const items = [...participants.map((one) => ({ ...one, isParticipant: true })), ...customers.map((one) => ({ ...one, isParticipant: false }))].filter(({ address }) => !seen.has(address) && seen.add(address));
  return { items: items.slice(0, MOST) };
}
