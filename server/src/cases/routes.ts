import { bulk, caseFields, caseOpenings, cases, customers, following, promises } from '@rapport/contract';
import { caseReader } from '../platform/case-scope.ts';
import { open, verb, type Route } from '../platform/http/index.ts';
import { Refusal } from '../platform/refusal.ts';
import { addNote } from './add-note.ts';
import { getBulk, listBulk, listBulkItems, undoBulk } from './bulk/list-bulk.ts';
import { startBulk } from './bulk/start-bulk.ts';
import { createField, orderFields, removeField, updateField } from './define-fields.ts';
import { selectFields } from './field-store.ts';
import { follow, listColleagues, listFollowers, unfollow } from './follow.ts';
import { listMentions, readMentionsOf } from './list-mentions.ts';
import { changePromise, listPromises, makePromise } from './promises.ts';
import { countCases, countCasesOfAgent } from './count-cases.ts';
import { customerRoutes } from './customers/routes.ts';
import { createCase } from './create-case.ts';
import { listDrafts, saveDraft } from './drafts.ts';
import { download, rawMessage, upload } from './files.ts';
import { findCaseByNumber, getCase } from './get-case.ts';
import { listCases, listCasesOfCustomer } from './list-cases.ts';
import { listEntries } from './list-entries.ts';
import { selectTags } from './list-store.ts';
import { mailOutRoutes } from './mail-out-routes.ts';
import { markRead } from './mark-read.ts';
import { movingRoutes } from './moving/routes.ts';
import { openCase } from './open-case.ts';
import { reply } from './reply.ts';
import { retryDelivery } from './retry-delivery.ts';
import { searchRoutes } from './searching/routes.ts';
import { updateCase } from './update-case.ts';
import { viewRoutes } from './views/routes.ts';

const signedIn = <T>(actor: T | undefined): T => {
  if (actor === undefined) throw new Refusal('signed_out');
  return actor;
};

export const routes: Route[] = [
  ...customerRoutes,
  ...movingRoutes,
  ...mailOutRoutes,
  ...viewRoutes,
  ...searchRoutes,
  verb(cases.list, (ctx, { query }) => listCases(ctx, query)),
  verb(cases.counts, (ctx) => countCases(ctx)),
  verb(cases.countsOfAgent, (ctx, { params }) => countCasesOfAgent(ctx, params.agentId)),
  verb(cases.findByNumber, (ctx, { params }) => findCaseByNumber(ctx, params.number)),
  verb(cases.get, (ctx, { params }) => getCase(ctx, params.caseId)),
  verb(caseOpenings.get, (ctx, { params }) => openCase(ctx, params.caseId)),
  verb(cases.listEntries, (ctx, { params, query }) => listEntries(ctx, { ...params, ...query })),
  verb(cases.create, (ctx, { body }) => createCase(ctx, body)),
  verb(cases.update, (ctx, { params, body }) => updateCase(ctx, params.caseId, body)),
  verb(cases.reply, (ctx, { params, body }) => reply(ctx, { ...params, ...body })),
  verb(cases.addNote, (ctx, { params, body }) => addNote(ctx, { ...params, ...body })),
  verb(cases.retryDelivery, (ctx, { params }) => retryDelivery(ctx, params)),
  verb(cases.markRead, (ctx, { params, body }) => markRead(ctx, { ...params, ...body })),
  verb(cases.listDrafts, (ctx, { params }) => listDrafts(ctx, params.caseId)),
  verb(cases.saveDraft, (ctx, { params, body }) => saveDraft(ctx, { ...params, ...body })),
  verb(cases.listTags, async (ctx) => ({ items: await selectTags(ctx, caseReader(ctx.actor)) })),
  verb(bulk.start, (ctx, { body }) => startBulk(ctx, body)),
  verb(bulk.list, (ctx, { query }) => listBulk(ctx, query)),
  verb(bulk.get, (ctx, { params }) => getBulk(ctx, params.runId)),
  verb(bulk.listItems, (ctx, { params, query }) => listBulkItems(ctx, { ...params, ...query })),
  verb(bulk.undo, (ctx, { params }) => undoBulk(ctx, params.runId)),
  verb(caseFields.list, async (ctx) => ({ items: await selectFields(ctx) })),
  verb(caseFields.create, (ctx, { body }) => createField(ctx, body)),
  verb(caseFields.update, (ctx, { params, body }) => updateField(ctx, params.fieldId, body)),
  verb(caseFields.order, (ctx, { body }) => orderFields(ctx, body.fieldIds)),
  verb(caseFields.remove, (ctx, { params }) => removeField(ctx, params.fieldId)),
  verb(promises.list, (ctx, { params }) => listPromises(ctx, params.caseId)),
  verb(promises.make, (ctx, { params, body }) => makePromise(ctx, { ...params, ...body })),
  verb(promises.change, (ctx, { params, body }) => changePromise(ctx, { ...params, ...body })),
  verb(following.follow, (ctx, { params }) => follow(ctx, params.caseId)),
  verb(following.unfollow, (ctx, { params }) => unfollow(ctx, params.caseId)),
  verb(following.listFollowers, (ctx, { params }) => listFollowers(ctx, params.caseId)),
  verb(following.listColleagues, (ctx, { params }) => listColleagues(ctx, params.caseId)),
  verb(following.listMentions, (ctx, { query }) => listMentions(ctx, query)),
  verb(following.readMentions, (ctx, { body }) => readMentionsOf(ctx, body)),
  verb(customers.listCases, (ctx, { params, query }) => listCasesOfCustomer(ctx, { ...params, ...query })),
  open(cases.upload, (platform, { params, query, body }, _http, actor) => upload(platform, signedIn(actor), params.caseId, { filename: query.filename, mediaType: query.mediaType, isInline: query.inline === '1', content: body as Buffer })),
  open(cases.download, (platform, { params, query }, _http, actor) => download(platform, signedIn(actor), { ...params, isInline: query.inline === '1' })),
  open(cases.raw, (platform, { params }, _http, actor) => rawMessage(platform, signedIn(actor), params)),
];
