import type { Ctx } from '../platform/context.ts';
import { newId } from '../platform/ids.ts';
import { customerWords, nameFrom, normaliseIdentity, type IdentityKind } from './identity.ts';
import { findByIdentity, insertWithIdentity } from './store.ts';

export interface Identity {
  kind: IdentityKind;
  value: string;
  /** As the message says it; only a new customer takes it. */
  name?: string | null;
  isDemo?: boolean;
}

export interface FoundCustomer {
  id: string;
  name: string;
  isNew: boolean;
}

/**
 * The customer behind an address, made when nobody has it yet. Two calls at the same moment answer the same customer: the second waits for
 * the first at the unique index and then sees its row.
 */
export async function findOrCreateByIdentity(ctx: Ctx, identity: Identity): Promise<FoundCustomer> {
  const value = normaliseIdentity(identity.kind, identity.value);
  const known = await findByIdentity(ctx, identity.kind, value);
  if (known) return { ...known, isNew: false };
  const id = newId();
  const name = nameFrom(identity.kind, value, identity.name);
  const isMine = await insertWithIdentity(ctx, { id, identityId: newId(), name, kind: identity.kind, value, words: customerWords(name, [value]), isDemo: identity.isDemo ?? false });
  if (isMine) return { id, name, isNew: true };
  const other = await findByIdentity(ctx, identity.kind, value);
  if (!other) throw new Error('The customer was removed at the same moment.');
  return { ...other, isNew: false };
}
