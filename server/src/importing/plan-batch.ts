import type { CaseStatus, ImportCounts } from '@rapport/contract';
import { identityKey, type ImportedCustomer } from '../customers/index.ts';
import type { FoundPerson } from './found.ts';
import { mailEntry, type Desk, type EntryDraft, type Prepared, type Strange } from './prepare.ts';

/** A case as far as a plan needs to know it. */
export interface CaseRef {
  /** Null while it is only planned. */
  id: string | null;
  plan: PlannedCase | null;
  canTake: boolean;
  /** Addresses that take part, small letters. */
  people: { has(address: string): boolean; add(address: string): unknown; readonly size: number };
}

export interface PlannedCase {
  subject: string;
  status: CaseStatus;
  priority: 'low' | 'normal' | 'high' | 'urgent';
  tags: string[];
  customer: ImportedCustomer;
  assignee: FoundPerson | null;
  createdAt: Date | null;
  resolvedAt: Date | null;
  entries: EntryDraft[];
  key: string | null;
}

interface ThreadRef {
  ref: CaseRef;
  isAwaited: boolean;
}

/** What is there already. The plan adds what it plans, so that a second record like the first finds it. */
export interface Known {
  /** By dedupe key. */
  received: Pick<Map<string, CaseRef>, 'get' | 'has'> & { set(key: string, ref: CaseRef): unknown };
  threads: Pick<Map<string, ThreadRef>, 'get'> & { set(key: string, thread: ThreadRef): unknown };
  /** Identity keys of customers. */
  customers: Pick<Set<string>, 'has'> & { add(key: string): unknown };
  isOwn(address: string): boolean;
}

export interface Plan {
  cases: PlannedCase[];
  appends: { ref: CaseRef; entries: EntryDraft[] }[];
  customers: ImportedCustomer[];
  counts: ImportCounts;
  odds: Strange[];
}

export const noCounts = (): ImportCounts => ({ records: 0, cases: 0, messages: 0, notes: 0, customers: 0, attachments: 0, skipped: 0, refused: 0, maskedCardNumbers: 0 });
export const addCounts = (a: ImportCounts, b: ImportCounts): ImportCounts => Object.fromEntries(Object.entries(a).map(([key, value]) => [key, value + b[key as keyof ImportCounts]])) as ImportCounts;

/** What becomes of some records: which begin a case, which go on with one, and which are here already. Changes nothing but `known`. */
export function planBatch(desk: Desk, prepared: readonly Prepared[], known: Known): Plan {
  const plan: Plan = { cases: [], appends: [], customers: [], counts: noCounts(), odds: [] };
  for (const record of prepared) {
    plan.counts.records += 1;
    if (record.kind === 'refused') refuse(plan, record);
    else if (record.kind === 'customer') planCustomer(plan, known, record.customer, true);
    else if (record.kind === 'case') planCase(desk, plan, known, record);
    else if (record.kind === 'entries') planEntries(plan, known, record);
    else if (record.kind === 'mail') planMail(desk, plan, known, record);
  }
  return plan;
}

function refuse(plan: Plan, { place, code, sourceId }: Strange): void {
  plan.counts.refused += 1;
  plan.odds.push({ place, code, sourceId });
}

function planCustomer(plan: Plan, known: Known, customer: ImportedCustomer, isRecord = false): void {
  const key = identityKey(customer.kind, customer.value);
  if (known.customers.has(key)) {
    if (isRecord) plan.counts.skipped += 1;
    return;
  }
  known.customers.add(key);
  plan.counts.customers += 1;
  plan.customers.push(customer);
}

function count(plan: Plan, known: Known, entries: readonly EntryDraft[]): void {
  for (const entry of entries) {
    if (entry.kind === 'message') plan.counts.messages += 1;
    else plan.counts.notes += 1;
    plan.counts.attachments += entry.files.length;
    plan.counts.maskedCardNumbers += entry.maskedCardNumbers;
    if (entry.customer) planCustomer(plan, known, entry.customer);
  }
}

function remember(known: Known, ref: CaseRef, entries: readonly EntryDraft[]): void {
  for (const entry of entries) {
    known.received.set(entry.dedupeKey, ref);
    for (const { address } of entry.people) ref.people.add(address);
    for (const { key, isAwaited } of entry.threadKeys) {
      const before = known.threads.get(key);
      if (!before) known.threads.set(key, { ref, isAwaited });
      else if (before.ref === ref && before.isAwaited && !isAwaited) known.threads.set(key, { ref, isAwaited });
    }
  }
}

function begin(plan: Plan, known: Known, planned: PlannedCase): CaseRef {
  const ref: CaseRef = { id: null, plan: planned, canTake: true, people: new Set() };
  plan.cases.push(planned);
  plan.counts.cases += 1;
  planCustomer(plan, known, planned.customer);
  count(plan, known, planned.entries);
  remember(known, ref, planned.entries);
  if (planned.customer.kind === 'email') ref.people.add(planned.customer.value.toLowerCase());
  if (planned.key !== null) known.received.set(planned.key, ref);
  return ref;
}

function append(plan: Plan, known: Known, ref: CaseRef, entries: EntryDraft[]): void {
  if (ref.plan) {
    ref.plan.entries.push(...entries);
    ref.plan.entries.sort((a, b) => a.at.getTime() - b.at.getTime());
  } else plan.appends.push({ ref, entries });
  count(plan, known, entries);
  remember(known, ref, entries);
}

const tagsOf = (tags: readonly string[]): string[] => [...new Set(tags.map((tag) => tag.trim().toLowerCase().replace(/[\s,]+/g, '_').slice(0, 40)).filter((tag) => tag !== ''))].slice(0, 20);

function planCase(desk: Desk, plan: Plan, known: Known, { place, key, found, subject, customer, entries, odds }: Extract<Prepared, { kind: 'case' }>): void {
  const there = known.received.get(key);
  if (there) {
    // The same number again: a later export, or rows sorted by date. What is new goes on the case; a case without words adds nothing.
    const hasWords = !odds.some((each) => each.code === 'no_words');
    if (desk.format === 'csv_cases' && hasWords && isSomebodyElse(there, customer, odds)) return refuse(plan, { place, code: 'same_number', sourceId: found.sourceId });
    planEntries(plan, known, { kind: 'entries', place, caseKey: key, sourceId: found.sourceId, entries: hasWords ? entries : [], odds });
    return;
  }
  plan.odds.push(...odds);
  const now = desk.platform.clock.now();
  const createdAt = found.createdAt !== null && found.createdAt <= now ? found.createdAt : null;
  // What another case of the same source has already stays there.
  const fresh = entries.filter((entry) => !known.received.has(entry.dedupeKey));
  if (fresh.length === 0) {
    plan.counts.skipped += 1;
    return;
  }
  begin(plan, known, { subject, status: found.status ?? 'open', priority: found.priority ?? 'normal', tags: tagsOf(found.tags), customer, assignee: found.assignee, createdAt, resolvedAt: found.resolvedAt !== null && found.resolvedAt <= now ? found.resolvedAt : null, entries: fresh, key });
}

/** Numbers of a CSV file are no more than numbers: two systems may both count from 1, and what one customer wrote never lands with another. */
const isSomebodyElse = (ref: CaseRef, customer: ImportedCustomer, odds: readonly Strange[]): boolean =>
  customer.kind === 'email' && !odds.some((each) => each.code === 'no_address') && ref.people.size > 0 && !ref.people.has(customer.value.toLowerCase());

function planEntries(plan: Plan, known: Known, { place, caseKey, sourceId, entries, odds }: Extract<Prepared, { kind: 'entries' }>): void {
  const fresh = entries.filter((entry) => !known.received.has(entry.dedupeKey));
  if (fresh.length === 0) {
    plan.counts.skipped += 1;
    return;
  }
  const ref = known.received.get(caseKey);
  if (!ref) return refuse(plan, { place, code: 'unknown_case', sourceId });
  if (!ref.canTake) return refuse(plan, { place, code: 'in_use', sourceId });
  plan.odds.push(...odds);
  append(plan, known, ref, fresh);
}

function planMail(desk: Desk, plan: Plan, known: Known, record: Extract<Prepared, { kind: 'mail' }>): void {
  const { place, read } = record;
  const { mail } = read;
  const sourceId = mail.messageId ?? null;
  const from = (mail.from ?? mail.sender ?? mail.replyTo[0])?.address.toLowerCase() ?? '';
  const isOurs = (address: string) => known.isOwn(address) || desk.agents.has(address);
  const isOut = isOurs(from);
  const own = sourceId === null ? undefined : known.threads.get(sourceId);
  // What we sent ourselves has no dedupe key here, but its id is known.
  if (known.received.has(read.dedupeKey) || (isOut && own !== undefined && !own.isAwaited)) {
    plan.counts.skipped += 1;
    return;
  }
  const now = desk.platform.clock.now();
  let at = mail.date ?? now;
  if (mail.date === undefined || mail.date.getUTCFullYear() < 1980) {
    at = now;
    plan.odds.push({ place, code: 'no_date', sourceId });
  } else if (mail.date > now) {
    at = now;
    plan.odds.push({ place, code: 'future_date', sourceId });
  }
  const threadKeys = [...new Map([...read.answers.slice(0, 60).map((key) => [key, true] as const), ...(sourceId === null ? [] : [[sourceId, false] as const])])].map(([key, isAwaited]) => ({ key, isAwaited }));
  const answered = read.answers.flatMap((key) => known.threads.get(key) ?? []);
  const takesPart = (ref: CaseRef) => isOut || ref.people.has(from);
  const seen = answered.find((found) => !found.isAwaited);
  const awaited = [...answered, ...(own ? [own] : [])].find((found) => found.isAwaited && takesPart(found.ref));
  const ref = (seen ?? awaited)?.ref;
  const facts = { isOut, at, threadKeys, isOwn: isOurs };
  if (ref?.canTake) return append(plan, known, ref, [mailEntry(desk, record, { ...facts, hasEarlier: true })]);
  const other = isOut ? [...mail.to, ...mail.cc].find(({ address }) => address !== '' && !isOurs(address.toLowerCase())) : undefined;
  // Mail among colleagues, and what a mail server said about a message that is not here, is no matter of a customer.
  if ((isOut && other === undefined) || read.isBounce) return refuse(plan, { place, code: 'no_sender', sourceId });
  if (ref) plan.odds.push({ place, code: 'in_use', sourceId });
  const entry = mailEntry(desk, record, { ...facts, hasEarlier: false });
  const customer: ImportedCustomer = entry.customer ?? { kind: 'email', value: (other?.address ?? '').toLowerCase(), name: other?.name || null, further: [], organization: null, note: '', locale: null, createdAt: at };
  begin(plan, known, { subject: mail.subject.trim().slice(0, 500) || entry.preview.slice(0, 80) || '—', status: desk.options.mailStatus, priority: 'normal', tags: [], customer, assignee: null, createdAt: null, resolvedAt: null, entries: [entry], key: null });
}
