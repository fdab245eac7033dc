import type { Actor, Ctx } from '../../platform/context.ts';
import { newId } from '../../platform/ids.ts';
import { insertAudit } from './audit-store.ts';

/** What an audit record says beside who, when and from where. */
export interface AuditFacts {
  /** Whom or what it was done to, in words people know: a name or an address. */
  target?: string;
  /** Further facts: ids and what changed. Never a password, code, token or link. */
  detail?: Record<string, unknown>;
  /** The network address, for deeds of somebody who is not signed in. */
  address?: string;
}

function who(actor: Actor): { actor: string; address: string | null; detail: Record<string, unknown> } {
  if (actor.kind === 'system') return { actor: actor.name, address: null, detail: {} };
  return { actor: actor.name, address: actor.address, detail: { agentId: actor.agentId, ...(actor.apiKeyId === undefined ? {} : { apiKeyId: actor.apiKeyId }) } };
}

/**
 * Writes down, in the transaction of the deed itself, that something touching security was done. Records are never changed or removed. `action` is a past fact in
 * the form `<noun>.<verb>`.
 */
export async function recordAudit(ctx: Pick<Ctx, 'tx' | 'accountId' | 'clock' | 'actor'>, action: string, facts: AuditFacts = {}): Promise<void> {
  const by = who(ctx.actor);
  await insertAudit(ctx.tx, ctx.accountId, { id: newId(), at: ctx.clock.now(), actor: by.actor, action, target: facts.target ?? null, address: facts.address ?? by.address, detail: { ...by.detail, ...facts.detail } });
}
