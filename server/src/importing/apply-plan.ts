import { importCases, type ImportedCase, type ImportedEntry } from '../cases/index.ts';
import { identityKey, importCustomers, type CustomerKnown, type ImportedCustomer } from '../customers/index.ts';
import type { Ctx } from '../platform/context.ts';
import type { Plan, PlannedCase } from './plan-batch.ts';
import type { Desk, EntryDraft } from './prepare.ts';

/** Writes what was planned, in the caller's quiet transaction: customers, then cases with everything on them. */
export async function applyPlan(ctx: Ctx, desk: Desk, importId: string, plan: Plan): Promise<void> {
  const drafts = [...plan.cases.flatMap((planned) => planned.entries), ...plan.appends.flatMap((append) => append.entries)];
  const asked = new Map<string, ImportedCustomer>();
  // What a record of the person says comes first: it knows more than a message of theirs.
  for (const each of [...plan.customers, ...plan.cases.map((planned) => planned.customer), ...drafts.flatMap((draft) => draft.customer ?? [])]) {
    const key = identityKey(each.kind, each.value);
    if (!asked.has(key)) asked.set(key, each);
  }
  const { customers } = asked.size === 0 ? { customers: new Map<string, CustomerKnown>() } : await importCustomers(ctx, importId, [...asked.values()]);
  const cases = plan.cases.map((planned) => caseOf(desk, customers, planned));
  const appends = plan.appends.map(({ ref, entries }) => ({ caseId: ref.id as string, entries: entries.map((entry) => entryOf(desk, customers, entry)) }));
  if (cases.length > 0 || appends.length > 0) await importCases(ctx, { importId, inbox: desk.inbox }, cases, appends);
}

const idOf = (customers: ReadonlyMap<string, CustomerKnown>, { kind, value }: ImportedCustomer): CustomerKnown | undefined => customers.get(identityKey(kind, value));

function caseOf(desk: Desk, customers: ReadonlyMap<string, CustomerKnown>, planned: PlannedCase): ImportedCase {
  const customer = idOf(customers, planned.customer);
  if (!customer) throw new Error('The customer was removed at the same moment.');
  const entries = planned.entries.map((entry) => entryOf(desk, customers, entry));
  const address = planned.customer.kind === 'email' ? planned.customer.value.toLowerCase() : null;
  const [first] = entries;
  // Whose case it is takes part, also where somebody else wrote everything on it.
  if (first && address !== null && !first.people.some((one) => one.address === address)) first.people = [...first.people, { address, name: customer.name, customerId: customer.id }];
  return {
    subject: planned.subject, status: planned.status, priority: planned.priority, tags: planned.tags, customerId: customer.id, assigneeId: desk.agents.get(planned.assignee?.email?.toLowerCase() ?? '')?.id ?? null,
    createdAt: planned.createdAt ?? (entries[0] as ImportedEntry).at, resolvedAt: planned.resolvedAt, entries, dedupeKey: planned.key,
  };
}

function entryOf(desk: Desk, customers: ReadonlyMap<string, CustomerKnown>, { role, name, address, customer, people, ...rest }: EntryDraft): ImportedEntry {
  const known = customer === null ? undefined : idOf(customers, customer);
  const agent = role === 'agent' ? desk.agents.get(address ?? '') : undefined;
  const author: ImportedEntry['author'] = role === 'customer' ? { kind: 'customer', id: known?.id ?? null, name } : role === 'agent' ? { kind: 'agent', id: agent?.id ?? null, name: agent?.name ?? name } : { kind: 'system', id: null, name };
  return { ...rest, author, people: people.map((one) => ({ ...one, customerId: one.address === address && role === 'customer' ? (known?.id ?? null) : null })) };
}
