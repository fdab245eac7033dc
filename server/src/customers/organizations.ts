import type { FieldValue, Organization, Page } from '@rapport/contract';
import { mustBeAllowed, type Ctx } from '../platform/context.ts';
import { readCursor, uuidIn, writeCursor } from '../platform/cursor.ts';
import { announce } from '../platform/events/index.ts';
import { newId } from '../platform/ids.ts';
import { Refusal } from '../platform/refusal.ts';
import { openWayBack, sealWayBack } from '../platform/way-back.ts';
import { cleanWords } from './clean-words.ts';
import { selectCustomerFields } from './field-store.ts';
import { changedFields } from './changed-fields.ts';
import { deleteOrganization, findOrganization, insertOrganization, lockOrganization, selectBelonging, selectOrganizations, writeBelonging, writeDomains, writeOrganization, type Belonging } from './organization-store.ts';
import { isPublicProvider } from './public-providers.ts';

export interface OrganizationFacts {
  name: string;
  domains: readonly string[];
  note: string;
  fields: Readonly<Record<string, FieldValue | null>>;
}

/** One organization. Throws `not_found`. */
export async function getOrganization(ctx: Ctx, id: string): Promise<Organization> {
  const found = await findOrganization(ctx, id);
  if (!found) throw new Refusal('not_found', 'This organization does not exist.');
  return found;
}

/** A page of organizations in the order of their names; with `q` those whose name begins so. */
export async function listOrganizations(ctx: Ctx, query: { q?: string | undefined; cursor?: string | undefined; limit: number }): Promise<Page<Organization>> {
  const binding = ['organizations', query.q];
  const position = readCursor(query.cursor, binding, 2);
  const rows = await selectOrganizations(ctx, (query.q ?? '').toLowerCase(), position && { name: position[0] ?? '', id: uuidIn(position[1]) }, query.limit + 1);
  const items = rows.slice(0, query.limit);
  const last = items.at(-1);
  return { items, nextCursor: rows.length > query.limit && last ? writeCursor([last.name.toLowerCase(), last.id], binding) : null };
}

async function keepDomains(ctx: Ctx, id: string, domains: readonly string[]): Promise<void> {
  const open = domains.find(isPublicProvider);
  if (open !== undefined) throw new Refusal('public_mail_domain', `Everybody at ${open} would be taken for a member. Leave it out.`);
  const taken = await writeDomains(ctx, id, [...new Set(domains)]);
  if (taken !== undefined) throw new Refusal('organization_domain_taken', `${taken} belongs to another organization.`);
}

const nameTaken = () => new Refusal('name_taken', 'Another organization has this name. Choose another.');

/** Makes an organization known. Refuses `name_taken`, `organization_domain_taken`, and `public_mail_domain` for domains where anybody has a mailbox. */
export async function createOrganization(ctx: Ctx, input: OrganizationFacts): Promise<Organization> {
  mustBeAllowed(ctx.actor, 'customer.edit');
  const id = newId();
  const fields = changedFields(await selectCustomerFields(ctx), 'organization', {}, input.fields);
  if (!(await insertOrganization(ctx, { id, name: cleanWords(input.name), note: cleanWords(input.note), fields }))) throw nameTaken();
  await keepDomains(ctx, id, input.domains);
  await announce(ctx, 'organizations.changed', {});
  return getOrganization(ctx, id);
}

/** Changes what is given. Refuses as making one does, and `changed_meanwhile`. */
export async function updateOrganization(ctx: Ctx, id: string, input: { version: number } & { [K in keyof OrganizationFacts]?: OrganizationFacts[K] | undefined }): Promise<Organization> {
  mustBeAllowed(ctx.actor, 'customer.edit');
  await lockOrganization(ctx, id);
  const before = await getOrganization(ctx, id);
  if (before.version !== input.version) throw new Refusal('changed_meanwhile', 'Look at the newest state and change it again.', { extra: { organization: before } });
  const fields = input.fields === undefined ? before.fields : changedFields(await selectCustomerFields(ctx), 'organization', before.fields, input.fields);
  const after = { name: cleanWords(input.name ?? before.name), note: cleanWords(input.note ?? before.note), fields };
  if (!(await writeOrganization(ctx, id, input.version, after))) throw nameTaken();
  if (input.domains !== undefined) await keepDomains(ctx, id, input.domains);
  await announce(ctx, 'organizations.changed', {});
  return getOrganization(ctx, id);
}

interface RemovedOrganization {
  organization: Organization;
  belonging: Belonging;
}

/** Removes an organization; its customers stay and belong to nobody. Answers the way back. */
export async function removeOrganization(ctx: Ctx, id: string): Promise<{ wayBack: string | null }> {
  mustBeAllowed(ctx.actor, 'customer.edit');
  await lockOrganization(ctx, id);
  const wayBack = sealWayBack(ctx, 'organization', { organization: await getOrganization(ctx, id), belonging: await selectBelonging(ctx, id) } satisfies RemovedOrganization);
  await deleteOrganization(ctx, id);
  await announce(ctx, 'organizations.changed', {});
  return { wayBack };
}

/** Puts a removed organization back, and its customers with it who have found no other since. Refuses what making it anew would refuse, `undo_over` and `undone_already`. */
export async function restoreOrganization(ctx: Ctx, wayBack: string): Promise<Organization> {
  mustBeAllowed(ctx.actor, 'customer.edit');
  const { organization, belonging } = openWayBack<RemovedOrganization>(ctx, 'organization', wayBack);
  const { id, name, note, fields, domains, createdAt } = organization;
  if (await findOrganization(ctx, id)) throw new Refusal('undone_already', 'The organization is there again.');
  if (!(await insertOrganization(ctx, { id, name, note, fields, createdAt: new Date(createdAt) }))) throw nameTaken();
  await keepDomains(ctx, id, domains);
  await writeBelonging(ctx, id, belonging);
  await announce(ctx, 'organizations.changed', {});
  return getOrganization(ctx, id);
}
