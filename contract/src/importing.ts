import { z } from 'zod';
import { endpoint } from './endpoint.ts';
import { file, id, pageOf, paging, shortText, timestamp } from './shapes.ts';

export const importFormats = ['mbox', 'maildir', 'csv_customers', 'csv_cases', 'zendesk', 'freshdesk', 'chatwoot', 'zammad'] as const;
export const importFormat = z.enum(importFormats);
export type ImportFormat = z.output<typeof importFormat>;

/**
 * uploading: files are missing. checking: read through, nothing written. checked: may be run. running, stopped: some of it is in; it goes on where it was.
 * removing, removed: what it made goes again.
 */
export const importStates = ['uploading', 'checking', 'checked', 'running', 'stopped', 'done', 'removing', 'removed'] as const;
export type ImportState = (typeof importStates)[number];

/** What lies in the source: `records` were read, of which `skipped` are here already and `refused` cannot be taken in. */
export const importCounts = z.object({
  records: z.number(), cases: z.number(), messages: z.number(), notes: z.number(), customers: z.number(), attachments: z.number(), skipped: z.number(), refused: z.number(), maskedCardNumbers: z.number(),
});
export type ImportCounts = z.output<typeof importCounts>;

/**
 * What is odd about a record. Refused: unreadable, too_large, no_id, no_sender, unknown_case, deleted, same_number (it has the number of another customer's case). Taken in nonetheless: no_date, future_date, no_address, no_words, no_attachment
 * (only its name is in the export), unknown_status, unknown_priority, in_use (its thread leads to a case of the running desk, so it became one of its own).
 */
export const importOddCodes = ['unreadable', 'too_large', 'no_id', 'no_sender', 'unknown_case', 'deleted', 'same_number', 'no_date', 'future_date', 'no_address', 'no_words', 'no_attachment', 'unknown_status', 'unknown_priority', 'in_use'] as const;
export type ImportOddCode = (typeof importOddCodes)[number];
export const importOdd = z.object({ file: z.string(), /** From 1, within its file. */ record: z.number(), line: z.number().nullable(), code: z.enum(importOddCodes), /** What the source calls it. */ sourceId: z.string().nullable() });
export type ImportOdd = z.output<typeof importOdd>;

export const importOptions = z.object({
  /** What becomes of the cases of a mailbox, which knows no status. */ mailStatus: z.enum(['open', 'resolved', 'closed']).default('resolved'),
  /** Tells two sources of one kind apart whose numbers are the same; empty for the first. A later export of the same source has the same name. */ source: z.string().trim().max(60).regex(/^[\w.-]*$/).default(''),
});
export type ImportOptions = z.output<typeof importOptions>;

/**
 * Why an import stopped by itself. upload_damaged: pieces are lost or cannot be opened; upload the files again. inbox_gone: the inbox it goes to does not exist. store_full, store_refuses: nothing can be kept; make room, or mend
 * the store of files. unforeseen: the server's log says more. Once the cause is gone it goes on where it stopped.
 */
export const importTroubles = ['upload_damaged', 'inbox_gone', 'store_full', 'store_refuses', 'unforeseen'] as const;
export type ImportTrouble = (typeof importTroubles)[number];

export const importRun = z.object({
  id, name: z.string(), format: importFormat, origin: z.enum(['upload', 'command']), inboxId: id, options: importOptions, state: z.enum(importStates),
  files: z.array(z.object({ name: z.string(), /** As many as are here. */ bytes: z.number(), /** As many as it has; null where whoever uploads did not say. */ expectedBytes: z.number().nullable() })), totalBytes: z.number(), readBytes: z.number(),
  /** What the last trial found; null while there was none. */ found: importCounts.nullable(), /** What was made. */ counts: importCounts, odd: z.number(),
  /** Who wrote answers but is no agent here; their names stand on what they wrote. */ formerColleagues: z.array(z.object({ name: z.string(), email: z.string().nullable(), entries: z.number() })),
  /** Why it stopped by itself. */ trouble: z.enum(importTroubles).nullable(), byName: z.string(), createdAt: timestamp, finishedAt: timestamp.nullable(),
});
export type ImportRun = z.output<typeof importRun>;

const onImport = z.object({ importId: id });
const fileName = z.string().trim().min(1).max(200);

/** How many bytes one piece of an upload has at most. */
export const importPieceBytes = 8 * 1024 * 1024;

/** Bringing in what another help desk or a mailbox holds. Nothing of it is news: nobody is told, answered or counted. */
export const imports = {
  list: endpoint({ method: 'GET', path: '/imports', tag: 'imports', summary: 'Imports, newest first', access: 'import.run', query: z.object({ ...paging }), response: pageOf(importRun) }),
  guess: endpoint({ method: 'POST', path: '/imports/guess', tag: 'imports', summary: 'Which format a file has, by its name and beginning', access: 'import.run', query: z.object({ name: z.string().max(200) }), body: z.any(), bodyKind: 'raw', bodyLimit: 64 * 1024, response: z.object({ format: importFormat.nullable() }) }),
  create: endpoint({ method: 'POST', path: '/imports', tag: 'imports', summary: 'Begin an import; its files come next', access: 'import.run', status: 201, body: z.object({ name: shortText, format: importFormat, inboxId: id, options: importOptions.optional(), /** What will be uploaded, so that an upload that broke off is not taken for the whole; each name once. */ files: z.array(z.object({ name: fileName, bytes: z.number().int().min(0) })).min(1).max(2_000).optional() }), response: importRun, problems: ['not_found'] }),
  get: endpoint({ method: 'GET', path: '/imports/:importId', tag: 'imports', summary: 'How far an import has come', access: 'import.run', params: onImport, response: importRun }),
  upload: endpoint({
    method: 'PUT', path: '/imports/:importId/pieces', tag: 'imports', summary: 'One piece of a file, counted from 0, also of an import that stopped because its upload was damaged; sending it again is harmless', access: 'import.run', params: onImport, query: z.object({ file: fileName, place: z.coerce.number().int().min(0).max(100_000) }),
    body: z.any(), bodyKind: 'raw', bodyLimit: importPieceBytes, response: importRun, problems: ['import_state'],
  }),
  listPieces: endpoint({
    method: 'GET', path: '/imports/:importId/pieces', tag: 'imports', summary: 'Which pieces are here, so that an upload that broke off goes on with the others', access: 'import.run', params: onImport,
    response: z.object({ items: z.array(z.object({ file: z.string(), place: z.number(), bytes: z.number() })) }),
  }),
  check: endpoint({ method: 'POST', path: '/imports/:importId/check', tag: 'imports', summary: 'A trial: what would be made and what is odd, with nothing written', access: 'import.run', status: 202, params: onImport, response: importRun, problems: ['import_state'] }),
  run: endpoint({ method: 'POST', path: '/imports/:importId/run', tag: 'imports', summary: 'Bring it in, or go on where it stopped', access: 'import.run', status: 202, params: onImport, response: importRun, problems: ['import_state'] }),
  stop: endpoint({ method: 'POST', path: '/imports/:importId/stop', tag: 'imports', summary: 'Stop after the piece of work at hand', access: 'import.run', params: onImport, response: importRun, problems: ['import_state'] }),
  listOdd: endpoint({ method: 'GET', path: '/imports/:importId/odd', tag: 'imports', summary: 'What is odd, in the order of the source; at most ten thousand are kept', access: 'import.run', params: onImport, query: z.object({ ...paging }), response: pageOf(importOdd) }),
  report: endpoint({ method: 'GET', path: '/imports/:importId/report', tag: 'imports', summary: 'The report as a CSV file', access: 'import.run', params: onImport, response: file, responseKind: 'file' }),
  previewRemoval: endpoint({
    method: 'GET', path: '/imports/:importId/removal', tag: 'imports', summary: 'What removing it would take away', access: 'import.run', params: onImport,
    response: z.object({ cases: z.number(), /** Cases somebody has worked on since. */ touched: z.number(), customers: z.number() }),
  }),
  remove: endpoint({
    method: 'POST', path: '/imports/:importId/remove', tag: 'imports', summary: 'Remove for good what an import made', access: 'import.run', needsProof: true, status: 202, params: onImport, body: z.object({ /** Leave the cases somebody has worked on since. */ keepTouched: z.boolean() }), response: importRun, problems: ['import_state'],
  }),
};
