import { endpoints, type CaseDetail, type CaseFilter, type CaseRow, type CaseSort, type Entry, type Page } from '@rapport/contract';
import type { z } from 'zod';
import { getAgentByEmail, listTeams } from '../accounts/index.ts';
import { addNote, findCaseByNumber, listCaseFields, listEntries, listFiltered, reply, updateCase } from '../cases/index.ts';
import { listCustomerFields } from '../customers/index.ts';
import { listInboxes } from '../inboxes/index.ts';
import type { Ctx } from '../platform/context.ts';
import type { FilterNames } from './case-filter.ts';
import { checkInput } from './check-input.ts';
import { callFar, type FarServer } from './far-call.ts';

export interface ListQuery {
  filter: CaseFilter;
  sort: CaseSort;
  limit: number;
  cursor?: string | undefined;
}
export type Change = z.input<typeof endpoints.cases.update.body>;
type Status = CaseDetail['status'];

/** What the verbs for cases need, here or far away. */
export interface CaseDesk extends FilterNames {
  list(query: ListQuery): Promise<Page<CaseRow> & { isPartlySorted: boolean }>;
  find(number: number): Promise<CaseDetail>;
  entries(caseId: string): Promise<Entry[]>;
  reply(found: CaseDetail, text: string, thenStatus: Status): Promise<unknown>;
  note(found: CaseDetail, text: string): Promise<unknown>;
  update(found: CaseDetail, change: Change): Promise<unknown>;
}

const replyOf = (found: CaseDetail, text: string, thenStatus: Status) => checkInput(endpoints.cases.reply.body, { text, thenStatus, to: found.replyTo.map(({ address }) => address) });

/** In this installation, under the agent's name. */
export const nearDesk = (ctx: Ctx): CaseDesk => ({
  list: (query) => listFiltered(ctx, query),
  find: (number) => findCaseByNumber(ctx, number),
  entries: async (caseId) => (await listEntries(ctx, { caseId, limit: 50 })).items,
  reply: (found, text, status) => {
    const { to, text: checked, thenStatus } = replyOf(found, text, status);
    return reply(ctx, { caseId: found.id, to, text: checked, thenStatus });
  },
  note: (found, text) => addNote(ctx, { caseId: found.id, text: checkInput(endpoints.cases.addNote.body, { text }).text }),
  update: (found, change) => updateCase(ctx, found.id, checkInput(endpoints.cases.update.body, change)),
  agentId: async (address) => (await getAgentByEmail(ctx, address)).id,
  teams: async () => (await listTeams(ctx)).items,
  inboxes: async () => (await listInboxes(ctx)).items,
  fields: () => listCaseFields(ctx),
  customerFields: () => listCustomerFields(ctx),
});

/** On a server somewhere else, as whom the key acts for. With an `idempotencyKey` the whole command can be repeated: what has happened under it does not happen again. */
export function farDesk(server: FarServer, idempotencyKey: string | undefined): CaseDesk {
  const { cases, accounts, views } = endpoints;
  const once = idempotencyKey === undefined ? {} : { idempotencyKey };
  return {
    list: async ({ filter, ...query }) => {
      const { items, nextCursor, isPartlySorted } = await callFar(server, views.listFiltered, { query: { ...query, filter: JSON.stringify(filter) } });
      return { items, nextCursor, isPartlySorted };
    },
    find: (number) => callFar(server, cases.findByNumber, { params: { number } }),
    entries: async (caseId) => (await callFar(server, cases.listEntries, { params: { caseId }, query: { limit: 50 } })).items,
    reply: (found, text, status) => callFar(server, cases.reply, { params: { caseId: found.id }, body: replyOf(found, text, status), ...once }),
    note: (found, text) => callFar(server, cases.addNote, { params: { caseId: found.id }, body: checkInput(cases.addNote.body, { text }), ...once }),
    update: (found, change) => callFar(server, cases.update, { params: { caseId: found.id }, body: checkInput(cases.update.body, change), ...once }),
    async agentId(email) {
      const { items } = await callFar(server, accounts.listAgents);
      const agent = items.find((each) => each.email.toLowerCase() === email.trim().toLowerCase());
      if (!agent) throw new Error(`There is no agent with the address ${email}.`);
      return agent.id;
    },
    teams: async () => (await callFar(server, accounts.listTeams)).items,
    inboxes: async () => (await callFar(server, endpoints.inboxes.list)).items,
    fields: async () => (await callFar(server, endpoints.caseFields.list)).items,
    customerFields: async () => (await callFar(server, endpoints.customerFields.list)).items,
  };
}
