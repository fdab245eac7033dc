import { z } from 'zod';
import { channelName } from './channels.ts';
import { caseKind } from './case-kinds.ts';
import { casePriority, caseStatus, composed, tag } from './cases.ts';
import { endpoint } from './endpoint.ts';
import { id, onWayBack, pageOf, paging, timestamp, wayBack, wayBackLimit } from './shapes.ts';

/** Whose a folder is, and with it all that stands in it. */
export const macroAudience = z.enum(['personal', 'team', 'everyone']);
export type MacroAudience = z.output<typeof macroAudience>;

/** What can stand in a text as `{{name}}`. */
export const macroVariables = [
  'customer.firstName', 'customer.name', 'customer.email', 'case.number', 'case.subject', 'agent.name', 'agent.firstName', 'agent.email', 'team.name', 'inbox.name', 'inbox.address', 'company.name', 'today', 'tomorrow',
] as const;

/** When a text is the one: everything that is given must fit. `language` is that of the customer, as `de`. */
export const macroCondition = z.object({ language: z.string().regex(/^[a-z]{2,3}$/).optional(), kind: caseKind.optional(), channel: channelName.optional(), tag: tag.optional() });
export type MacroCondition = z.output<typeof macroCondition>;
export const macroText = z.object({ when: macroCondition.default({}), text: z.string().max(50_000).default(''), html: composed });
export const macroActions = z.object({
  status: caseStatus.exclude(['new']).optional(), priority: casePriority.optional(), kind: caseKind.optional(),
  /** `me`: whoever uses it. Null: nobody. */ assignee: z.union([z.literal('me'), id]).nullable().optional(), teamId: id.nullable().optional(),
  addTags: z.array(tag).max(20).optional(), removeTags: z.array(tag).max(20).optional(), snoozeHours: z.number().int().min(1).max(24 * 90).optional(),
  /** An internal note, with variables. */ note: z.string().trim().min(1).max(20_000).optional(),
});
export type MacroActions = z.output<typeof macroActions>;
/** The first text whose condition fits is used; one without conditions fits always. With texts alone it is a saved reply. */
export const macroContent = z.object({ texts: z.array(macroText).max(30).default([]), actions: macroActions.default({}) });
export type MacroContent = z.output<typeof macroContent>;

export const macroFolder = z.object({ id, name: z.string(), audience: macroAudience, teamId: id.nullable(), macroCount: z.number(), canEdit: z.boolean() });
export type MacroFolder = z.output<typeof macroFolder>;
export const macroRow = z.object({
  id, name: z.string(), folder: z.object({ id, name: z.string(), audience: macroAudience }), hasText: z.boolean(), hasActions: z.boolean(), /** Came with Rapport and is as it came. */ isShipped: z.boolean(),
  /** The beginning of its text, for finding and for a glance. */ excerpt: z.string(), uses: z.number(), lastUsedAt: timestamp.nullable(), version: z.number(), updatedAt: timestamp, updatedBy: z.string(), canEdit: z.boolean(),
  /** The name of whoever it assigns, when they have left. */ leavers: z.array(z.string()),
});
export type MacroRow = z.output<typeof macroRow>;
export const macro = z.object({ ...macroRow.shape, content: macroContent });
export type Macro = z.output<typeof macro>;
export const macroVersion = z.object({ version: z.number(), name: z.string(), content: macroContent, changedBy: z.string(), changedAt: timestamp });
export type MacroVersion = z.output<typeof macroVersion>;

/** A macro as it reads on one case. Nothing has happened yet. */
export const renderedMacro = z.object({
  name: z.string(), text: z.string(), /** Safe to show; null when the text is plain. */ html: z.string().nullable(),
  /** Variables that nothing is known for; they stand in the text as `{{name}}` still. */ missing: z.array(z.string()), /** What is called a variable but is none. */ unknown: z.array(z.string()),
  actions: z.object({ ...macroActions.shape, assignee: z.undefined().optional(), assigneeId: id.nullable().optional(), assigneeName: z.string().optional(), teamName: z.string().optional(), snoozeHours: z.undefined().optional(), snoozedUntil: timestamp.optional() }),
});
export type RenderedMacro = z.output<typeof renderedMacro>;

/** What leaves for, or comes from, another account: folders by name, no people in it. */
export const macroFile = z.object({
  format: z.literal('rapport-macros'), version: z.literal(1),
  folders: z.array(z.object({ name: z.string().trim().min(1).max(100), macros: z.array(z.object({ name: z.string().trim().min(1).max(100), content: macroContent })).max(1000) })).max(200),
});
export type MacroFile = z.output<typeof macroFile>;

export const caseLanguage = z.object({
  /** As `de`; null when nobody knows. */ language: z.string().nullable(), /** preference: an agent set it. detected: from what the customer wrote. */ source: z.enum(['preference', 'detected']).nullable(), /** Whether a translator is there. */ canTranslate: z.boolean(),
});
export type CaseLanguage = z.output<typeof caseLanguage>;

/** What a starter is about, in the order of a conversation. */
export const starterThemes = ['first_answer', 'asking', 'order', 'money', 'account', 'trouble', 'end'] as const;
const starterLanguage = z.enum(['en', 'de']);
const inBoth = z.object({ en: z.string(), de: z.string() });
/** A text to begin with. Taken, it is an ordinary macro in the language chosen, with a second text for customers who write in the other. */
export const macroStarter = z.object({ key: z.string(), theme: z.enum(starterThemes), name: inBoth, text: inBoth, actions: macroActions });
export type MacroStarter = z.output<typeof macroStarter>;

/** Of whoever asks, for `today`; left out: UTC. */
const timeZone = z.string().max(60).optional();
const onMacro = z.object({ macroId: id });
const onFolder = z.object({ folderId: id });
const name = z.string().trim().min(1).max(100);
const written = z.object({ name, folderId: id, content: macroContent });

export const macros = {
  list: endpoint({ method: 'GET', path: '/macros', tag: 'macros', summary: 'The saved replies and macros this agent may use, most used first', access: 'case.read', response: z.object({ items: z.array(macroRow) }) }),
  get: endpoint({ method: 'GET', path: '/macros/:macroId', tag: 'macros', summary: 'One macro', access: 'case.read', params: onMacro, response: macro }),
  create: endpoint({ method: 'POST', path: '/macros', tag: 'macros', summary: 'Write a saved reply or macro', access: 'case.note', status: 201, bodyLimit: 2 * 1024 * 1024, body: written, response: macro, problems: ['name_taken', 'macro_empty'] }),
  update: endpoint({
    method: 'PUT', path: '/macros/:macroId', tag: 'macros', summary: 'Change one; the version before it is kept', access: 'case.note', params: onMacro, bodyLimit: 2 * 1024 * 1024,
    body: written.extend({ /** The one the change builds on. */ version: z.number().int() }), response: macro, problems: ['name_taken', 'macro_empty', 'changed_meanwhile'],
  }),
  remove: endpoint({ method: 'DELETE', path: '/macros/:macroId', tag: 'macros', summary: 'Remove one', access: 'case.note', params: onMacro, response: wayBack }),
  restore: endpoint({ method: 'POST', path: '/macros/restore', tag: 'macros', summary: 'Put back one that was just removed, with its versions', access: 'case.note', bodyLimit: wayBackLimit, body: onWayBack, response: macro, problems: ['undo_over', 'undone_already', 'name_taken'] }),
  listVersions: endpoint({ method: 'GET', path: '/macros/:macroId/versions', tag: 'macros', summary: 'How it read before, newest first', access: 'case.read', params: onMacro, query: z.object(paging), response: pageOf(macroVersion) }),
  listFolders: endpoint({ method: 'GET', path: '/macro-folders', tag: 'macros', summary: 'The folders this agent may look into', access: 'case.read', response: z.object({ items: z.array(macroFolder) }) }),
  createFolder: endpoint({
    method: 'POST', path: '/macro-folders', tag: 'macros', summary: 'Make a folder: one’s own, a team’s or everybody’s', access: 'case.note', status: 201, body: z.object({ name, audience: macroAudience, teamId: id.optional() }), response: macroFolder, problems: ['name_taken'],
  }),
  renameFolder: endpoint({ method: 'PATCH', path: '/macro-folders/:folderId', tag: 'macros', summary: 'Name a folder anew', access: 'case.note', params: onFolder, body: z.object({ name }), response: macroFolder, problems: ['name_taken'] }),
  removeFolder: endpoint({ method: 'DELETE', path: '/macro-folders/:folderId', tag: 'macros', summary: 'Remove an empty folder', access: 'case.note', params: onFolder, response: wayBack, problems: ['still_in_use'] }),
  restoreFolder: endpoint({ method: 'POST', path: '/macro-folders/restore', tag: 'macros', summary: 'Put back a folder that was just removed', access: 'case.note', bodyLimit: wayBackLimit, body: onWayBack, response: macroFolder, problems: ['undo_over', 'undone_already', 'name_taken'] }),
  render: endpoint({ method: 'GET', path: '/cases/:caseId/macros/:macroId', tag: 'macros', summary: 'A macro as it reads on a case', access: 'case.read', params: z.object({ caseId: id, macroId: id }), query: z.object({ timeZone }), response: renderedMacro }),
  preview: endpoint({
    method: 'POST', path: '/cases/:caseId/macro-preview', tag: 'macros', summary: 'The same for one that is still being written', access: 'case.read', params: z.object({ caseId: id }), bodyLimit: 2 * 1024 * 1024, body: z.object({ content: macroContent, timeZone }), response: renderedMacro,
  }),
  recordUse: endpoint({ method: 'POST', path: '/macros/:macroId/uses', tag: 'macros', summary: 'It was used', access: 'case.read', params: onMacro }),
  exportAll: endpoint({ method: 'GET', path: '/macro-file', tag: 'macros', summary: 'Everything this agent may look into, to carry elsewhere', access: 'case.note', response: macroFile }),
  importAll: endpoint({
    method: 'POST', path: '/macro-file', tag: 'macros', summary: 'Take in a file; what is there already by folder and name is left as it is', access: 'case.note', bodyLimit: 8 * 1024 * 1024,
    body: z.object({ audience: macroAudience, teamId: id.optional(), file: macroFile }), response: z.object({ added: z.number(), skipped: z.number() }),
  }),
  listStarters: endpoint({ method: 'GET', path: '/macro-starters', tag: 'macros', summary: 'Texts to begin with', access: 'case.note', response: z.object({ items: z.array(macroStarter) }) }),
  takeStarters: endpoint({
    method: 'POST', path: '/macro-starters', tag: 'macros', summary: 'Take up some of them; what is in the folder already under its name is left as it is', access: 'case.note',
    body: z.object({ keys: z.array(z.string().max(60)).min(1).max(100), language: starterLanguage, /** Left out: a folder for first answers, everybody’s if the agent may write for everybody, else their own. */ folderId: id.optional() }),
    response: z.object({ added: z.number(), skipped: z.number() }),
  }),
  language: endpoint({ method: 'GET', path: '/cases/:caseId/language', tag: 'macros', summary: 'The language of the customer of a case', access: 'case.read', params: z.object({ caseId: id }), response: caseLanguage }),
};
