import { reasonFor, type BlockedSender, type Page } from '@rapport/contract';
import { recordAudit } from '../accounts/index.ts';
import { mustBeAllowed, type Ctx } from '../platform/context.ts';
import { readCursor, uuidIn, writeCursor } from '../platform/cursor.ts';
import { newId } from '../platform/ids.ts';
import { Refusal } from '../platform/refusal.ts';
import { deleteBlock, findBlockFor, isOurPeoples, selectBlocks, writeBlock } from './block-store.ts';
import { cleanWords } from './clean-words.ts';
import { domainOf, isPublicProvider } from './public-providers.ts';

const NEWEST = 'ffffffff-ffff-ffff-ffff-ffffffffffff';

export interface BlockSender {
  /** An address, or a domain, which stands for everything below it too. */
  value: string;
  reason: string;
  expiresAt: string | null;
  isWholeProvider: boolean;
}

/** A page of who is blocked, newest first; those whose time has passed stay on it until they are taken off. */
export async function listBlocked(ctx: Ctx, query: { cursor?: string | undefined; limit: number }): Promise<Page<BlockedSender>> {
  const position = readCursor(query.cursor, 'blocked', 1);
  const rows = await selectBlocks(ctx, position ? uuidIn(position[0]) : NEWEST, query.limit + 1);
  const items = rows.slice(0, query.limit);
  const last = items.at(-1);
  return { items, nextCursor: rows.length > query.limit && last ? writeCursor([last.id], 'blocked') : null };
}

/**
 * Blocks a sender; one who is blocked already gets the new reason and time. Whether the address is one of our inboxes is the caller's to ask, who knows them (`isOurs`). Refuses
 * `blocks_ourselves`, `blocks_a_provider` unless the caller says that it is meant, and `time_has_passed`.
 */
export async function blockSender(ctx: Ctx, input: BlockSender, isOurs: (kind: BlockedSender['kind'], value: string) => Promise<boolean>): Promise<BlockedSender> {
  mustBeAllowed(ctx.actor, 'customer.block');
  const value = input.value.trim().toLowerCase().replace(/^@/, '');
  const kind = value.includes('@') ? 'address' : 'domain';
  const expiresAt = input.expiresAt === null ? null : new Date(input.expiresAt);
  if (expiresAt !== null && expiresAt <= ctx.clock.now()) throw new Refusal('time_has_passed', 'Choose a time to come, or none.');
  if ((await isOurPeoples(ctx, kind, value)) || (await isOurs(kind, value))) throw new Refusal('blocks_ourselves', 'A colleague or an inbox of ours has this address or one at this domain.');
  if (kind === 'domain' && isPublicProvider(value) && !input.isWholeProvider) throw new Refusal('blocks_a_provider', `Everybody with a mailbox at ${value} would be blocked. Block the one address, or say that you mean all.`);
  const block = await writeBlock(ctx, { id: newId(), kind, value, reason: cleanWords(input.reason), expiresAt, byName: ctx.actor.name });
  await recordAudit(ctx, 'sender.blocked', { target: value, detail: { reason: block.reason, expiresAt: block.expiresAt } });
  return block;
}

/** Takes mail from there again. */
export async function unblockSender(ctx: Ctx, id: string): Promise<void> {
  mustBeAllowed(ctx.actor, 'customer.block');
  const value = await deleteBlock(ctx, id);
  if (value === undefined) throw new Refusal('not_found', 'This sender is not blocked.');
  await recordAudit(ctx, 'sender.unblocked', { target: value });
}

/**
 * Why mail from an address is not taken, as the ledger tells it; undefined when it is. Time decides by itself: a block whose time has passed is none. A colleague is never kept out, also one who joined
 * after a domain was blocked.
 */
export async function whyBlocked(ctx: Ctx, address: string): Promise<string | undefined> {
  const value = address.trim().toLowerCase();
  const parts = domainOf(value).split('.');
  const block = await findBlockFor(ctx, value, parts.slice(0, -1).map((_, i) => parts.slice(i).join('.')));
  if (!block || (await isOurPeoples(ctx, 'address', value))) return undefined;
  return block.kind === 'domain' ? reasonFor('blocked_domain', { domain: block.value, said: block.reason }) : reasonFor('blocked', { said: block.reason });
}
