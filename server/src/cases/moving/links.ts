import type { CaseLink, ChosenRole, LinkKind, LinkRole } from '@rapport/contract';
import { caseReader } from '../../platform/case-scope.ts';
import { can, mustBeAllowed, type Ctx } from '../../platform/context.ts';
import { announce } from '../../platform/events/index.ts';
import { newId } from '../../platform/ids.ts';
import { Refusal } from '../../platform/refusal.ts';
import { aboutCase } from '../announce-case.ts';
import { writeWithEntry, type CaseRecord } from '../case-store.ts';
import { changeEntry } from '../change-entry.ts';
import { mustBeThere, seeCase } from '../see-case.ts';
import { holdBoth } from './hold-both.ts';
import { deleteLink, findLink, findParent, insertLink, leadsTo, lockLinks, redirectLink, selectLinks, selectOwnLinks, findLinkById, type Link, type LinkRow } from './link-store.ts';

/** How each kind reads from its two ends. */
const ROLES: Record<LinkRow['kind'], readonly [from: LinkRole, to: LinkRole]> = {
  related: ['related', 'related'], duplicate: ['duplicate_of', 'has_duplicate'], cause: ['caused_by', 'causes'], part: ['part_of', 'has_part'], split: ['split_from', 'split_into'], follows: ['follows', 'followed_by'],
};
const CHOSEN: Record<ChosenRole, { kind: LinkKind; isFrom: boolean }> = {
  related: { kind: 'related', isFrom: true }, duplicate_of: { kind: 'duplicate', isFrom: true }, has_duplicate: { kind: 'duplicate', isFrom: false }, caused_by: { kind: 'cause', isFrom: true },
  causes: { kind: 'cause', isFrom: false }, part_of: { kind: 'part', isFrom: true }, has_part: { kind: 'part', isFrom: false },
};
/** Kinds that say what comes first: a chain of them never leads back. */
const isDirected = (kind: LinkKind): boolean => kind !== 'related';

/** The cases linked to one, as far as the reader may see them; parents and children first. */
export async function listLinks(ctx: Ctx, caseId: string): Promise<{ items: CaseLink[] }> {
  await seeCase(ctx, caseId);
  const rows = await selectLinks(ctx, caseReader(ctx.actor), caseId, can(ctx.actor, 'case.delete'));
  const items = rows.map((row): CaseLink => ({
    id: row.id, role: ROLES[row.kind][row.is_from ? 0 : 1], other: { id: row.case_id, number: row.number, subject: row.subject, status: row.status, shelf: row.shelf, customerName: row.customer_name },
  }));
  const order: LinkRole[] = ['part_of', 'has_part'];
  return { items: items.sort((a, b) => order.indexOf(b.role) - order.indexOf(a.role) || b.other.number - a.other.number) };
}

/** The line on a timeline that tells of a link, on a locked case. A closed case keeps its timeline as it is; the link is shown beside it. */
async function tell(ctx: Ctx, record: CaseRecord, field: 'link' | 'unlink', role: LinkRole, other: CaseRecord): Promise<void> {
  let next = record;
  if (record.status !== 'closed') {
    const entry = changeEntry(ctx, record, [{ field, from: role, to: `#${other.number}` }]);
    next = { ...record, lastEntryId: entry.id, version: record.version + 1 };
    await writeWithEntry(ctx, next, entry);
    await announce(ctx, 'case.changed', { ...aboutCase(next), fields: ['links'] });
  }
  await announce(ctx, 'case.linked', { ...aboutCase(next), otherCaseId: other.id });
}

/**
 * Links a case to another, or changes how they are linked; two cases have one link at most. The agent must see both. Refuses `link_cycle` when a chain of the same kind leads back,
 * and `still_in_use` when the part has another parent.
 */
export async function linkCases(ctx: Ctx, input: { caseId: string; otherCaseId: string; role: ChosenRole }): Promise<{ items: CaseLink[] }> {
  mustBeAllowed(ctx.actor, 'case.edit');
  if (input.caseId === input.otherCaseId) throw new Refusal('invalid_request', 'otherCaseId: A case is not linked to itself.');
  await lockLinks(ctx);
  const [record, other] = await holdBoth(ctx, input.caseId, input.otherCaseId);
  await mustBeThere(ctx, record);
  await mustBeThere(ctx, other);
  const { kind, isFrom } = CHOSEN[input.role];
  const link: Link = { id: newId(), kind, from: isFrom ? record.id : other.id, to: isFrom ? other.id : record.id };
  const known = await findLink(ctx, link.from, link.to);
  if (known && known.kind === kind && (kind === 'related' || known.from === link.from)) return listLinks(ctx, record.id);
  if (known) await deleteLink(ctx, known.id);
  if (isDirected(kind) && (await leadsTo(ctx, kind, link.to, link.from))) throw new Refusal('link_cycle', 'The other case comes from this one already, by the same kind of link.');
  if (kind === 'part' && (await findParent(ctx, link.from)) !== undefined) throw new Refusal('still_in_use', 'This case is a part of another one already. Remove that link first.');
  await insertLink(ctx, link);
  const roles = ROLES[kind];
  await tell(ctx, record, 'link', roles[isFrom ? 0 : 1], other);
  await tell(ctx, other, 'link', roles[isFrom ? 1 : 0], record);
  return listLinks(ctx, record.id);
}

/** Removes the link between two cases; none is no trouble. */
export async function unlinkCases(ctx: Ctx, input: { caseId: string; otherCaseId: string }): Promise<{ items: CaseLink[] }> {
  mustBeAllowed(ctx.actor, 'case.edit');
  await lockLinks(ctx);
  const [record, other] = await holdBoth(ctx, input.caseId, input.otherCaseId);
  const link = await findLink(ctx, record.id, other.id);
  if (link) {
    await deleteLink(ctx, link.id);
    const isFrom = link.from === record.id;
    await tell(ctx, record, 'unlink', ROLES[link.kind][isFrom ? 0 : 1], other);
    await tell(ctx, other, 'unlink', ROLES[link.kind][isFrom ? 1 : 0], record);
  }
  return listLinks(ctx, record.id);
}

const ends = (link: Link, from: string, to: string): Link => ({ ...link, from: link.from === from ? to : link.from, to: link.to === from ? to : link.to });

async function fits(ctx: Ctx, link: Link): Promise<boolean> {
  if (link.from === link.to || (await findLink(ctx, link.from, link.to)) !== undefined) return false;
  if (link.kind === 'part' && (await findParent(ctx, link.from)) !== undefined) return false;
  return !isDirected(link.kind) || !(await leadsTo(ctx, link.kind, link.to, link.from));
}

/** Links of a case that is merged lead to the other from now on, as far as that says something sensible. Answers which; the rest stays with the tombstone. Hold `lockLinks`. */
export async function moveLinks(ctx: Ctx, fromCaseId: string, toCaseId: string): Promise<string[]> {
  const moved: string[] = [];
  for (const link of await selectOwnLinks(ctx, fromCaseId)) {
    const next = ends(link, fromCaseId, toCaseId);
    // A second parent is told by the part's own link, which still stands while it is moved.
    const isSameParent = link.kind === 'part' && link.from !== fromCaseId;
    if (isSameParent ? next.from === next.to || (await findLink(ctx, next.from, next.to)) !== undefined || (await leadsTo(ctx, 'part', next.to, next.from)) : !(await fits(ctx, next))) continue;
    await redirectLink(ctx, next);
    moved.push(link.id);
  }
  return moved;
}

/** Brings links back that nobody has changed since. */
export async function returnLinks(ctx: Ctx, fromCaseId: string, toCaseId: string, linkIds: readonly string[]): Promise<void> {
  for (const linkId of linkIds) {
    const link = await findLinkById(ctx, linkId);
    if (!link || (link.from !== fromCaseId && link.to !== fromCaseId)) continue;
    const next = ends(link, fromCaseId, toCaseId);
    if (next.from !== next.to && (await findLink(ctx, next.from, next.to)) === undefined && (!isDirected(next.kind) || !(await leadsTo(ctx, next.kind, next.to, next.from)))) await redirectLink(ctx, next);
  }
}
