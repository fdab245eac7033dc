import { storableText } from '../platform/storable.ts';
import { maskCardNumbers } from '../platform/card-numbers.ts';
import type { Ctx } from '../platform/context.ts';
import { newId } from '../platform/ids.ts';
import { customerWords, nameFrom, normaliseIdentity, type IdentityKind } from './identity.ts';
import { countImported, deleteImported, insertFurther, insertImported, insertLikeness, organizationsNamed, selectByIdentities, type NewImported } from './import-store.ts';
import { likenessKeys } from './likeness.ts';

/** A person as another program knew them. */
export interface ImportedCustomer {
  /** By which they are known: their first mail address, or their telephone number where there is none. */
  kind: IdentityKind;
  value: string;
  name: string | null;
  /** Further addresses; those that somebody has stay where they are. */
  further: { kind: IdentityKind; value: string }[];
  organization: string | null;
  note: string;
  locale: string | null;
  createdAt: Date | null;
}

export interface CustomerKnown {
  id: string;
  name: string;
}

/** One spelling for an address, as a key. */
export function identityKey(kind: IdentityKind, value: string): string {
  return `${kind}:${normaliseIdentity(kind, value)}`;
}

/** Who has these addresses, by `identityKey`. */
export async function knownCustomers(ctx: Ctx, asked: readonly { kind: IdentityKind; value: string }[]): Promise<Map<string, CustomerKnown>> {
  if (asked.length === 0) return new Map();
  const rows = await selectByIdentities(ctx, asked.map(({ kind, value }) => ({ kind, value: normaliseIdentity(kind, value) })));
  return new Map(rows.map(({ kind, value, id, name }) => [`${kind}:${value}`, { id, name }]));
}

const clean = (text: string, most: number): string => maskCardNumbers(storableText(text).replace(/\s+/g, ' ').trim().slice(0, most)).text;

/**
 * The customers behind many addresses, made where there are none; who is known stays as they are. Answers them by `identityKey`, and how many are new. Call it in a quiet transaction: it runs
 * again when somebody makes one of them at the same moment.
 */
export async function importCustomers(ctx: Ctx, importId: string, asked: readonly ImportedCustomer[]): Promise<{ customers: Map<string, CustomerKnown>; made: number }> {
  const customers = await knownCustomers(ctx, asked);
  const fresh = new Map<string, ImportedCustomer>();
  for (const each of asked) {
    const key = identityKey(each.kind, each.value);
    if (!customers.has(key) && !fresh.has(key)) fresh.set(key, each);
  }
  if (fresh.size === 0) return { customers, made: 0 };
  const names = [...new Map([...fresh.values()].flatMap(({ organization }) => (organization?.trim() ? [[clean(organization, 200).toLowerCase(), clean(organization, 200)] as const] : []))).values()];
  const organizations = names.length === 0 ? new Map<string, string>() : await organizationsNamed(ctx, names.map((name) => ({ id: newId(), name })));
  const rows = [...fresh].map(([key, each]): NewImported & { key: string; each: ImportedCustomer } => {
    const value = storableText(normaliseIdentity(each.kind, each.value));
    const name = nameFrom(each.kind, value, each.name === null ? null : storableText(each.name));
    const further = each.further.map((one) => normaliseIdentity(one.kind, one.value));
    return {
      key, each, id: newId(each.createdAt ?? undefined), identityId: newId(), kind: each.kind, value, name, words: customerWords(name, [value, ...further]), note: maskCardNumbers(storableText(each.note).slice(0, 5000)).text, locale: each.locale,
      organizationId: each.organization === null ? null : (organizations.get(clean(each.organization, 200).toLowerCase()) ?? null), createdAt: each.createdAt ?? ctx.clock.now(),
    };
  });
  const made = await insertImported(ctx, importId, rows.map(({ key: _key, each: _each, ...row }) => row));
  if (made.length !== rows.length) throw Object.assign(new Error('Somebody made one of the customers at the same moment.'), { code: '40001' });
  const further = rows.flatMap(({ id, each, createdAt }) => each.further.map(({ kind, value }) => ({ id: newId(), customerId: id, kind, value: storableText(normaliseIdentity(kind, value)), createdAt })).filter(({ value }) => value !== ''));
  if (further.length > 0) await insertFurther(ctx, further);
  await insertLikeness(ctx, rows.flatMap(({ id, name, kind, value, each }) => likenessKeys(name, [{ kind, value }, ...each.further]).map((key) => ({ key, customerId: id }))));
  for (const row of rows) customers.set(row.key, { id: row.id, name: row.name });
  return { customers, made: rows.length };
}

/** How many customers of an import have no case of anything else. */
export function countImportedCustomers(ctx: Ctx, importId: string): Promise<number> {
  return countImported(ctx, importId);
}

/** Removes up to `limit` of the customers an import made that have no case any more; begin with `after` empty and go on with what it answers until that is undefined. */
export function removeImportedCustomers(ctx: Ctx, importId: string, after: string | undefined, limit: number): Promise<string | undefined> {
  return deleteImported(ctx, importId, after ?? '00000000-0000-0000-0000-000000000000', limit);
}
