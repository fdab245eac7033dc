import { z } from 'zod';
import { caseDetail, caseStatus, shelf } from './cases.ts';
import { endpoint } from './endpoint.ts';
import { id, timestamp } from './shapes.ts';

/**
 * How one case relates to another, read from the first to the second: it is related to it, a duplicate of it, caused by it, a part of it (the other one is its parent), or was
 * split from it.
 */
export const linkKinds = ['related', 'duplicate', 'cause', 'part', 'split'] as const;
export const linkKind = z.enum(linkKinds);
export type LinkKind = z.output<typeof linkKind>;
/** The same, seen from a case: `part_of` is its parent, `has_part` one of its children. */
export const linkRoles = ['related', 'duplicate_of', 'has_duplicate', 'caused_by', 'causes', 'part_of', 'has_part', 'split_from', 'split_into', 'follows', 'followed_by'] as const;
export const linkRole = z.enum(linkRoles);
export type LinkRole = z.output<typeof linkRole>;

/** What a person can choose when linking; the others come about by themselves. */
export const chosenRole = z.enum(['related', 'duplicate_of', 'has_duplicate', 'caused_by', 'causes', 'part_of', 'has_part']);
export type ChosenRole = z.output<typeof chosenRole>;

export const caseLink = z.object({
  /** Null for links that are part of the cases' history and cannot be removed. */ id: id.nullable(), role: linkRole,
  other: z.object({ id, number: z.number(), subject: z.string(), status: caseStatus, shelf, customerName: z.string() }),
});
export type CaseLink = z.output<typeof caseLink>;

export const caseMove = z.object({
  id, kind: z.enum(['merge', 'split']), at: timestamp, byName: z.string(), from: z.object({ id, number: z.number() }), into: z.object({ id, number: z.number() }),
  /** The line on the asked case's timeline that tells of it. */ entryId: id, entryCount: z.number(), isUndone: z.boolean(),
});
export type CaseMove = z.output<typeof caseMove>;

const onCase = z.object({ caseId: id });

/** For how many days spam and deleted cases can be brought back. */
export const asideDays = 30;

export const moving = {
  merge: endpoint({
    method: 'POST', path: '/cases/:caseId/merge', tag: 'cases', summary: 'Merge this case into another: everything on it moves there, and it stays as a pointer', access: 'case.edit', params: onCase,
    body: z.object({ intoCaseId: id, /** The caller knows that the customers differ and that it is the same matter; this one’s customer then takes part in the other. */ isSameMatter: z.boolean().default(false) }),
    response: z.object({ moveId: id, case: caseDetail }), problems: ['case_closed', 'case_merged', 'case_aside', 'other_customer'],
  }),
  split: endpoint({
    method: 'POST', path: '/cases/:caseId/split', tag: 'cases', summary: 'Move messages and notes of this case to a new one', access: 'case.edit', params: onCase, status: 201,
    body: z.object({
      entryIds: z.array(id).min(1).max(200), subject: z.string().trim().min(1).max(500),
      /** The customer of the new case: the same, or whoever wrote the first chosen message. */ customer: z.enum(['same', 'sender']).default('same'),
    }),
    response: z.object({ moveId: id, case: caseDetail }), problems: ['case_closed', 'case_merged', 'case_aside'],
  }),
  listMoves: endpoint({ method: 'GET', path: '/cases/:caseId/moves', tag: 'cases', summary: 'What was merged into and split from a case, newest first', access: 'case.read', params: onCase, response: z.object({ items: z.array(caseMove) }) }),
  undoMove: endpoint({
    method: 'POST', path: '/cases/:caseId/moves/:moveId/undo', tag: 'cases', summary: 'Put back what a merge or split moved; what arrived since stays', access: 'case.edit', params: z.object({ caseId: id, moveId: id }),
    /** The case that the entries went back to. */ response: caseDetail, problems: ['case_closed', 'case_merged', 'case_aside', 'undo_later_first', 'undone_already'],
  }),
  listLinks: endpoint({ method: 'GET', path: '/cases/:caseId/links', tag: 'cases', summary: 'Cases linked to this one, as far as the agent may see them', access: 'case.read', params: onCase, response: z.object({ items: z.array(caseLink) }) }),
  link: endpoint({
    method: 'PUT', path: '/cases/:caseId/links/:otherCaseId', tag: 'cases', summary: 'Link this case to another, or change how they are linked', access: 'case.edit', params: z.object({ caseId: id, otherCaseId: id }),
    body: z.object({ role: chosenRole }), response: z.object({ items: z.array(caseLink) }), problems: ['link_cycle', 'case_merged', 'case_aside', 'still_in_use'],
  }),
  unlink: endpoint({ method: 'DELETE', path: '/cases/:caseId/links/:otherCaseId', tag: 'cases', summary: 'Remove the link between two cases', access: 'case.edit', params: z.object({ caseId: id, otherCaseId: id }), response: z.object({ items: z.array(caseLink) }) }),
  markSpam: endpoint({
    method: 'POST', path: '/cases/:caseId/spam', tag: 'cases', summary: 'Take a case out of every list as spam; it is purged after 30 days unless restored', access: 'case.edit', params: onCase, response: caseDetail, problems: ['case_merged', 'case_aside'],
  }),
  remove: endpoint({
    method: 'POST', path: '/cases/:caseId/delete', tag: 'cases', summary: 'Delete a case; it is purged after 30 days unless restored', access: 'case.delete', params: onCase,
    body: z.object({ reason: z.string().trim().min(1).max(500) }), response: caseDetail, problems: ['case_merged', 'case_aside'],
  }),
  restore: endpoint({ method: 'POST', path: '/cases/:caseId/restore', tag: 'cases', summary: 'Bring a spam or deleted case back as it was', access: 'case.edit', params: onCase, response: caseDetail }),
};
