import { cases, customers } from '@rapport/contract';
import { open, verb, type Route } from '../platform/http/index.ts';
import { Refusal } from '../platform/refusal.ts';
import { addNote } from './add-note.ts';
import { countCases } from './count-cases.ts';
import { createCase } from './create-case.ts';
import { listDrafts, saveDraft } from './drafts.ts';
import { download, rawMessage, upload } from './files.ts';
import { findCaseByNumber, getCase } from './get-case.ts';
import { listCases, listCasesOfCustomer } from './list-cases.ts';
import { listEntries } from './list-entries.ts';
import { selectTags } from './list-store.ts';
import { markRead } from './mark-read.ts';
import { reply } from './reply.ts';
import { retryDelivery } from './retry-delivery.ts';
import { searchCases } from './search.ts';
import { updateCase } from './update-case.ts';

const signedIn = <T>(actor: T | undefined): T => {
  if (actor === undefined) throw new Refusal('signed_out');
  return actor;
};

export const routes: Route[] = [
  verb(cases.list, (ctx, { query }) => listCases(ctx, query)),
  verb(cases.counts, (ctx) => countCases(ctx)),
  verb(cases.findByNumber, (ctx, { params }) => findCaseByNumber(ctx, params.number)),
  verb(cases.get, (ctx, { params }) => getCase(ctx, params.caseId)),
  verb(cases.listEntries, (ctx, { params, query }) => listEntries(ctx, { ...params, ...query })),
  verb(cases.create, (ctx, { body }) => createCase(ctx, body)),
  verb(cases.update, (ctx, { params, body }) => updateCase(ctx, params.caseId, body)),
  verb(cases.reply, (ctx, { params, body }) => reply(ctx, { ...params, ...body })),
  verb(cases.addNote, (ctx, { params, body }) => addNote(ctx, { ...params, ...body })),
  verb(cases.retryDelivery, (ctx, { params }) => retryDelivery(ctx, params)),
  verb(cases.markRead, (ctx, { params, body }) => markRead(ctx, { ...params, ...body })),
  verb(cases.listDrafts, (ctx, { params }) => listDrafts(ctx, params.caseId)),
  verb(cases.saveDraft, (ctx, { params, body }) => saveDraft(ctx, { ...params, ...body })),
  verb(cases.listTags, async (ctx) => ({ items: await selectTags(ctx) })),
  verb(customers.listCases, (ctx, { params, query }) => listCasesOfCustomer(ctx, { ...params, ...query })),
  open(cases.search, (platform, { query }, _http, actor) => searchCases(platform, signedIn(actor), query)),
  open(cases.upload, (platform, { params, query, body }, _http, actor) => upload(platform, signedIn(actor), params.caseId, { ...query, content: body as Buffer })),
  open(cases.download, (platform, { params, query }, _http, actor) => download(platform, signedIn(actor), { ...params, isInline: query.inline === '1' })),
  open(cases.raw, (platform, { params }, _http, actor) => rawMessage(platform, signedIn(actor), params)),
];
