import { caseKinds, casePriorities, channelNames, shelves, type CaseField, type CaseFilter, type CaseKind, type CasePriority, type ComingWindow, type FieldRange, type FieldValue, type Shelf, type TimeWindow } from '@rapport/contract';
import { readFieldValue } from '../../accounts/index.ts';
import { getCustomer } from '../../customers/index.ts';
import { caseReader, NOBODY } from '../../platform/case-scope.ts';
import { can, type Actor, type Ctx } from '../../platform/context.ts';
import { Refusal } from '../../platform/refusal.ts';
import { selectFields } from '../field-store.ts';

export interface Span {
  from: Date | undefined;
  /** Itself no longer in it. */
  to: Date | undefined;
}

/** A filter as the store takes it: whoever "me" is, times instead of spans, fields by the key of their value. */
export interface ReadFilter {
  shelves: Shelf[];
  kinds: CaseKind[] | undefined;
  priorities: CasePriority[] | undefined;
  inboxes: string[] | undefined;
  channels: string[] | undefined;
  notInboxes: string[] | undefined;
  notFollowers: string[] | undefined;
  notCustomers: string[] | undefined;
  notLanguages: string[] | undefined;
  notAssigneeKeys: string[] | undefined;
  notTeamKeys: string[] | undefined;
  subjectWords: string[];
  /** The zero key stands for nobody and for no team. */
  assigneeKeys: string[] | undefined;
  teamKeys: string[] | undefined;
  anyTags: string[] | undefined;
  allTags: string[] | undefined;
  noTags: string[] | undefined;
  customerId: string | undefined;
  organizationId: string | undefined;
  languages: string[] | undefined;
  fields: { fieldId: string; key: string }[];
  notFields: { fieldId: string; key: string }[];
  /** How a value is compared depends on what the field holds. */
  fieldRanges: (Pick<FieldRange, 'fieldId' | 'from' | 'to'> & { type: 'number' | 'date' | 'money' })[];
  /** By the id of the field. */
  customerFields: Record<string, FieldValue> | undefined;
  organizationFields: Record<string, FieldValue> | undefined;
  followers: string[] | undefined;
  lastDirection: 'in' | 'out' | undefined;
  isUndelivered: boolean;
  planned: ('waiting' | 'held_back')[] | undefined;
  messages: { least?: number | undefined; most?: number | undefined } | undefined;
  promise: Span | undefined;
  snoozed: Span | undefined;
  waitingSinceBefore: Date | undefined;
  promiseBefore: Date | undefined;
  due: Span | undefined;
  dueBefore: Date | undefined;
  isUnread: boolean;
  hasAttachment: boolean;
  isFollowed: boolean;
  isMentioned: boolean;
  created: Span | undefined;
  updated: Span | undefined;
  resolved: Span | undefined;
}

const DAY_MS = 86_400_000;

const maySee = (actor: Actor, shelf: Shelf) => (shelf === 'spam' ? can(actor, 'case.edit') : shelf === 'deleted' ? can(actor, 'case.delete') : shelf !== 'merged');

function spanOf(window: TimeWindow | ComingWindow | undefined, now: Date): Span | undefined {
  if (window === undefined) return undefined;
  if ('nextDays' in window) return { from: now, to: new Date(now.getTime() + window.nextDays * DAY_MS) };
  if ('lastDays' in window) return { from: new Date(now.getTime() - window.lastDays * DAY_MS), to: undefined };
  return { from: window.from === undefined ? undefined : new Date(window.from), to: window.to === undefined ? undefined : new Date(window.to) };
}

/** By which key cases with this value are found; undefined when none can have it. An option that is offered no more is still what cases have. */
export function keyOfValue(field: CaseField, value: FieldValue): string | undefined {
  try {
    return readFieldValue(field, value, typeof value === 'string' ? value : undefined)?.key;
  } catch (error) {
    if (error instanceof Refusal) return undefined;
    throw error;
  }
}

/** Without those whose field or value is not there any more: no case has them. */
const readFields = (known: readonly CaseField[], wanted: NonNullable<CaseFilter['fields']>): ReadFilter['fields'] =>
  wanted.flatMap(({ fieldId, value }) => {
    const field = known.find((one) => one.id === fieldId);
    const key = field && keyOfValue(field, value);
    return key === undefined ? [] : [{ fieldId, key }];
  });

/** Undefined when a field is not there any more, or holds what does not lie between anything. */
function readRanges(known: readonly CaseField[], wanted: readonly FieldRange[]): ReadFilter['fieldRanges'] | undefined {
  const read = wanted.flatMap(({ fieldId, from, to }): ReadFilter['fieldRanges'] => {
    const type = known.find((one) => one.id === fieldId)?.type;
    const fits = [from, to].every((end) => end === undefined || (typeof end === 'string') === (type === 'date'));
    return fits && (type === 'number' || type === 'date' || type === 'money') ? [{ fieldId, from, to, type }] : [];
  });
  return read.length === wanted.length ? read : undefined;
}

const byField = (wanted: CaseFilter['fields']): Record<string, FieldValue> | undefined => wanted && Object.fromEntries(wanted.map(({ fieldId, value }) => [fieldId, value]));

async function survivorOf(ctx: Ctx, customerId: string): Promise<string | undefined> {
  try {
    return (await getCustomer(ctx, customerId)).id;
  } catch (error) {
    if (error instanceof Refusal) return undefined;
    throw error;
  }
}

/**
 * What a filter means for whoever looks, now. Undefined when it can find nothing: it names a field, value or customer that is gone, or only shelves the actor may not
 * look into. `ownFields` is given by whoever reads many filters at once. A shared view is made by one person and read by another, so what the reader may not see is left out, not refused.
 */
export async function readFilter(ctx: Ctx, filter: CaseFilter, ownFields = () => selectFields(ctx)): Promise<ReadFilter | undefined> {
  const reader = caseReader(ctx.actor);
  const now = ctx.clock.now();
  const seen = [...new Set<Shelf>(filter.shelves ?? shelves)].filter((shelf) => maySee(ctx.actor, shelf) && !filter.not?.shelves?.some((each) => each === shelf));
  if (seen.length === 0) return undefined;
  const fields = filter.fields === undefined ? [] : readFields(await ownFields(), filter.fields);
  const fieldRanges = filter.fieldRanges === undefined ? [] : readRanges(await ownFields(), filter.fieldRanges);
  const notFields = filter.not?.fields === undefined ? [] : readFields(await ownFields(), filter.not.fields);
  const customerId = filter.customerId === undefined ? undefined : await survivorOf(ctx, filter.customerId);
  const notCustomers: string[] = [];
  for (const id of filter.not?.customers ?? []) notCustomers.push((await survivorOf(ctx, id)) ?? id);
  if (fields.length < (filter.fields?.length ?? 0) || fieldRanges === undefined || (filter.customerId !== undefined && customerId === undefined)) return undefined;
  const unique = <T>(list: T[] | undefined) => (list === undefined ? undefined : [...new Set(list)]);
  /** What is asked for without what is not; with nothing asked for, everything without it. */
  const less = <T>(asked: T[] | undefined, all: readonly T[], not: readonly T[] | undefined) => (not === undefined ? unique(asked) : (asked ?? [...all]).filter((each) => !not.includes(each)));
  const assigneeKeys = (list: NonNullable<CaseFilter['assignees']> | undefined) => unique(list?.map((each) => (each === 'me' ? reader.agentId : each === 'none' ? NOBODY : each)));
  const teamKeys = (list: NonNullable<CaseFilter['teams']> | undefined) => unique(list?.flatMap((each) => (each === 'mine' ? reader.teamIds : each === 'none' ? [NOBODY] : [each])));
  return {
    shelves: seen, kinds: less(filter.kinds, caseKinds, filter.not?.kinds), priorities: less(filter.priorities, casePriorities, filter.not?.priorities), inboxes: filter.inboxes, channels: less(filter.channels, channelNames, filter.not?.channels),
    notInboxes: filter.not?.inboxes, notFollowers: filter.not?.followers, notCustomers: filter.not?.customers && notCustomers, notLanguages: filter.not?.languages, notFields,
    assigneeKeys: assigneeKeys(filter.assignees), notAssigneeKeys: assigneeKeys(filter.not?.assignees), teamKeys: teamKeys(filter.teams), notTeamKeys: teamKeys(filter.not?.teams), subjectWords: unique(filter.subjectHas?.split(/\s+/).slice(0, 10)) ?? [],
    anyTags: filter.anyTags, allTags: unique(filter.allTags), noTags: filter.noTags, customerId, organizationId: filter.organizationId, languages: filter.languages, fields, fieldRanges, customerFields: byField(filter.customerFields), organizationFields: byField(filter.organizationFields),
    waitingSinceBefore: filter.waitingHours === undefined ? undefined : new Date(now.getTime() - filter.waitingHours * 3_600_000), promiseBefore: filter.promiseOverdue ? now : undefined, dueBefore: filter.overdue ? now : undefined,
    isUnread: filter.unread ?? false, hasAttachment: filter.hasAttachment ?? false, isFollowed: filter.followed ?? false, isMentioned: filter.mentioned ?? false,
    followers: unique(filter.followers), lastDirection: filter.lastWrote && (filter.lastWrote === 'customer' ? 'in' : 'out'), isUndelivered: filter.undelivered ?? false, planned: filter.planned, messages: filter.messages,
    promise: spanOf(filter.promise, now), due: spanOf(filter.due, now), snoozed: spanOf(filter.snoozed, now), created: spanOf(filter.created, now), updated: spanOf(filter.updated, now), resolved: spanOf(filter.resolved, now),
  };
}
