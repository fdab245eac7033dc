import { isDeepStrictEqual } from 'node:util';
import type { BodyOf, ResponseOf, ServicePolicy, servicePolicies } from '@rapport/contract';
import { recordAudit } from '../../accounts/index.ts';
import { mustBeAllowed, type Ctx } from '../../platform/context.ts';
import { announce } from '../../platform/events/index.ts';
import { newId } from '../../platform/ids.ts';
import { Refusal } from '../../platform/refusal.ts';
import { openWayBack, sealWayBack } from '../../platform/way-back.ts';
import { findRecount } from '../clocks/recount-store.ts';
import { beginRecount } from '../clocks/recount.ts';
import { deletePolicy, isAllThere, lockPolicy, selectPolicies, writeOrder, writePolicy, type PolicyRow } from './policy-store.ts';

type Policies = typeof servicePolicies;
type Held = PolicyRow & { place: number };
const WAY_BACK = 'service policy';
const MOST = 100;
const [UNIQUE, FOREIGN] = ['23505', '23503'];

const shape = ({ id, name, content, version, updated_at }: PolicyRow): ServicePolicy => ({ id, name, content, version, updatedAt: updated_at.toISOString() });

async function write(ctx: Ctx, row: Omit<PolicyRow, 'updated_at'>, deed: string, place: number | null = null): Promise<ServicePolicy> {
  if (!(await isAllThere(ctx, row.content.conditions))) throw new Refusal('invalid_request', 'body.content.conditions: An inbox, a team or a field that it names does not exist any more.');
  const written = await writePolicy(ctx, row, place).catch((error: unknown) => {
    const code = (error as { code?: unknown } | null)?.code;
    if (code === UNIQUE) throw new Refusal('name_taken', 'Another policy has this name.');
    if (code === FOREIGN) throw new Refusal('invalid_request', 'body.content.calendarId: This calendar does not exist any more. Choose another.');
    throw error;
  });
  await tell(ctx, row, deed, { version: row.version });
  return shape(written);
}

async function tell(ctx: Ctx, { id, name }: Pick<PolicyRow, 'id' | 'name'>, deed: string, detail: object = {}): Promise<void> {
  await recordAudit(ctx, `service_policy.${deed}`, { target: name, detail: { policyId: id, ...detail } });
  await announce(ctx, 'service_policies.changed', {});
  await beginRecount(ctx);
}

async function hold(ctx: Ctx, policyId: string): Promise<Held> {
  const row = await lockPolicy(ctx, policyId);
  if (!row) throw new Refusal('not_found', 'This policy does not exist any more.');
  return row;
}

/** The policies in their order, and how far the open cases are brought to them. */
export async function listPolicies(ctx: Ctx): Promise<ResponseOf<Policies['list']>> {
  const recount = await findRecount(ctx);
  return { items: (await selectPolicies(ctx)).map(shape), recount: recount ? { done: recount.done, total: recount.total, isOver: recount.is_over } : null };
}

/** Writes a policy behind the others. Refuses `name_taken`, and a calendar that is not there. */
export async function createPolicy(ctx: Ctx, input: BodyOf<Policies['create']>): Promise<ServicePolicy> {
  mustBeAllowed(ctx.actor, 'service_level.manage');
  if ((await selectPolicies(ctx)).length >= MOST) throw new Refusal('invalid_request', `There are ${MOST} policies already. Remove one first.`);
  return write(ctx, { id: newId(), ...input, version: 1 }, 'created');
}

/** Changes a policy. Refuses `changed_meanwhile` when `version` is not the newest, and what creating refuses. What is the same already changes nothing. */
export async function updatePolicy(ctx: Ctx, { policyId, name, content, version }: BodyOf<Policies['update']> & { policyId: string }): Promise<ServicePolicy> {
  mustBeAllowed(ctx.actor, 'service_level.manage');
  const held = await hold(ctx, policyId);
  if (held.version !== version) throw new Refusal('changed_meanwhile', 'Somebody changed it in the meantime. Look at the newest version and try again.', { extra: { version: held.version } });
  if (name === held.name && isDeepStrictEqual(content, held.content)) return shape(held);
  return write(ctx, { id: held.id, name, content, version: held.version + 1 }, 'changed');
}

/** Puts policies into an order; of those a case fits, the first holds. Refuses `not_found` for one that is not there. */
export async function orderPolicies(ctx: Ctx, policyIds: readonly string[]): Promise<void> {
  mustBeAllowed(ctx.actor, 'service_level.manage');
  const known = new Set((await selectPolicies(ctx)).map(({ id }) => id));
  if (!policyIds.every((id) => known.has(id))) throw new Refusal('not_found', 'One of these policies does not exist any more.');
  await writeOrder(ctx, policyIds);
  await recordAudit(ctx, 'service_policy.ordered', { detail: { policyIds } });
  await announce(ctx, 'service_policies.changed', {});
  await beginRecount(ctx);
}

/** Removes a policy: the clocks that run by it stop, or go by the next policy that fits. What is over stays as it was judged. */
export async function removePolicy(ctx: Ctx, policyId: string): Promise<{ wayBack: string | null }> {
  mustBeAllowed(ctx.actor, 'service_level.manage');
  const held = await hold(ctx, policyId);
  await deletePolicy(ctx, policyId);
  await tell(ctx, held, 'removed');
  return { wayBack: sealWayBack(ctx, WAY_BACK, held) };
}

/** Puts a removed policy back where it was. Refuses `undo_over`, `undone_already`, `name_taken`, and a calendar that is gone. */
export async function restorePolicy(ctx: Ctx, wayBack: string): Promise<ServicePolicy> {
  mustBeAllowed(ctx.actor, 'service_level.manage');
  const { id, name, content, version, place } = openWayBack<Held>(ctx, WAY_BACK, wayBack);
  if (await lockPolicy(ctx, id)) throw new Refusal('undone_already', 'The policy is there again.');
  return write(ctx, { id, name, content, version }, 'restored', place);
}
