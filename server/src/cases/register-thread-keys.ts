import { updateOutgoing } from '../ledger/index.ts';
import type { Ctx } from '../platform/context.ts';
import { setMessageId } from './entry-store.ts';
import { holdCaseOf } from './moving/hold-case-of.ts';
import { addThreadKeys } from './thread-store.ts';

export interface OwnMessage {
  caseId: string;
  entryId: string;
  /** Fixed before the first attempt, so that a repeated attempt is the same message and an answer to it finds the case. */
  messageId: string;
  /** Further keys by which answers may come, when the channel has any. */
  keys?: readonly string[];
  /** The composed message: its size and where its bytes are kept. */
  bytes?: number;
  rawKey?: string;
}

/** Makes a message of ours findable by what answers to it will carry. Doing it again is harmless. */
export async function registerThreadKeys(ctx: Ctx, own: OwnMessage): Promise<void> {
  const { record, inboxId } = await holdCaseOf(ctx, own);
  await setMessageId(ctx, record.id, own.entryId, own.messageId, own.rawKey ?? null);
  await addThreadKeys(ctx, inboxId, record.id, [...new Set([own.messageId, ...(own.keys ?? [])])].sort());
  await updateOutgoing(ctx, { entryId: own.entryId, messageId: own.messageId, ...(own.bytes === undefined ? {} : { bytes: own.bytes }), ...(own.rawKey === undefined ? {} : { rawKey: own.rawKey }) });
}
