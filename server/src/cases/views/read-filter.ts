import { shelves, type CaseField, type CaseFilter, type CaseKind, type CasePriority, type FieldValue, type Shelf, type TimeWindow } from '@rapport/contract';
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
  /** The zero key stands for nobody and for no team. */
  assigneeKeys: string[] | undefined;
  teamKeys: string[] | undefined;
  anyTags: string[] | undefined;
  allTags: string[] | undefined;
  noTags: string[] | undefined;
  customerId: string | undefined;
  organizationId: string | undefined;
  fields: { fieldId: string; key: string }[];
  waitingSinceBefore: Date | undefined;
  promiseBefore: Date | undefined;
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

function spanOf(window: TimeWindow | undefined, now: Date): Span | undefined {
  if (window === undefined) return undefined;
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

/** Undefined when a field or a value of it is not there any more: then no case has it. */
function readFields(known: readonly CaseField[], wanted: NonNullable<CaseFilter['fields']>): ReadFilter['fields'] | undefined {
  const read = wanted.flatMap(({ fieldId, value }) => {
    const field = known.find((one) => one.id === fieldId);
    const key = field && keyOfValue(field, value);
    return key === undefined ? [] : [{ fieldId, key }];
  });
  return read.length === wanted.length ? read : undefined;
}

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
  const seen = [...new Set<Shelf>(filter.shelves ?? shelves)].filter((shelf) => maySee(ctx.actor, shelf));
  if (seen.length === 0) return undefined;
  const fields = filter.fields === undefined ? [] : readFields(await ownFields(), filter.fields);
  const customerId = filter.customerId === undefined ? undefined : await survivorOf(ctx, filter.customerId);
  if (fields === undefined || (filter.customerId !== undefined && customerId === undefined)) return undefined;
  const unique = <T>(list: T[] | undefined) => (list === undefined ? undefined : [...new Set(list)]);
  return {
    shelves: seen, kinds: filter.kinds, priorities: unique(filter.priorities), inboxes: filter.inboxes, channels: filter.channels,
    assigneeKeys: unique(filter.assignees?.map((each) => (each === 'me' ? reader.agentId : each === 'none' ? NOBODY : each))),
    teamKeys: unique(filter.teams?.flatMap((each) => (each === 'mine' ? reader.teamIds : each === 'none' ? [NOBODY] : [each]))),
    anyTags: filter.anyTags, allTags: unique(filter.allTags), noTags: filter.noTags, customerId, organizationId: filter.organizationId, fields,
    waitingSinceBefore: filter.waitingHours === undefined ? undefined : new Date(now.getTime() - filter.waitingHours * 3_600_000), promiseBefore: filter.promiseOverdue ? now : undefined,
    isUnread: filter.unread ?? false, hasAttachment: filter.hasAttachment ?? false, isFollowed: filter.followed ?? false, isMentioned: filter.mentioned ?? false,
    created: spanOf(filter.created, now), updated: spanOf(filter.updated, now), resolved: spanOf(filter.resolved, now),
  };
}
