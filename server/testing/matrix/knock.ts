import { gunzipSync } from 'node:zlib';
import { endpoints, permissionNames, type Endpoint, type Permission } from '@rapport/contract';
import { z } from 'zod';
import { newId } from '../../src/platform/ids.ts';
import type { Browser } from '../test-house.ts';

/** Every endpoint of the contract, so that a new one is tried from its first day. */
export const doors = Object.entries(endpoints).flatMap(([room, list]) => Object.entries(list).map(([name, endpoint]) => ({ name: `${room}.${name}`, endpoint: endpoint as Endpoint })));
export type Door = (typeof doors)[number];
export const isPermission = (access: string): access is Permission => (permissionNames as string[]).includes(access);
/** The names of the parameters in its path. */
export const paramsOf = ({ endpoint }: Door): string[] => [...endpoint.path.matchAll(/:(\w+)/g)].map(([, name]) => name ?? '');

/** Ids by the name of the field that takes them. */
export type Known = Readonly<Record<string, string>>;
type Schema = { type?: string; format?: string; enum?: unknown[]; const?: unknown; anyOf?: Schema[]; oneOf?: Schema[]; items?: Schema; minItems?: number; minimum?: number; minLength?: number; properties?: Record<string, Schema>; required?: string[] };

const soon = new Date(Date.now() + 30 * 86_400_000).toISOString();
/** What a field names that is not called after it. */
const meant: Record<string, string> = {
  overflowQueueId: 'queueId', preferredAgentId: 'agentId', intoCaseId: 'caseId', otherCaseId: 'caseId', intoCustomerId: 'customerId', otherId: 'customerId', seenEntryId: 'entryId', forwardOf: 'entryId', originalFileId: 'attachmentId', assigneeId: 'agentId', assignee: 'agentId', assign: 'agentId', agent: 'agentId', memberId: 'agentId', casesTo: 'agentId', notify: 'agentId', addFollowers: 'agentId',
  team: 'teamId', inbox: 'inboxId', mailInboxId: 'inboxId', secondFactorRoleId: 'roleId', joiningRoleId: 'roleId', callWebhook: 'endpointId', replyWith: 'macroId', inboxes: 'inboxId', teams: 'teamId', assignees: 'agentId', followers: 'agentId', customers: 'customerId',
};
const one = (name: string): string => meant[name] ?? meant[name.replace(/Ids$/, 'Id')] ?? name.replace(/Ids$/, 'Id');
const idFor = (known: Known, name: string): string | undefined => known[name] ?? known[one(name)];

/** The smallest thing the contract lets in. Ids are those of `known`; those of `wanted` are given where they need not be, too. */
function sample(schema: Schema, known: Known, wanted: Known = {}, name = ''): unknown {
  const isWanted = (id: string) => idFor(wanted, id) !== undefined;
  if (schema.const !== undefined) return schema.const;
  if (schema.enum) return schema.enum.includes(known[name]) ? known[name] : schema.enum[0];
  const choices = schema.anyOf ?? schema.oneOf;
  const chosen = (choices && takesOf(schema, name, isWanted) && choices.find((choice) => takesOf(choice, name, isWanted))) || choices?.[0];
  if (chosen) return sample(chosen, known, wanted, name);
  switch (schema.type) {
    case 'object': {
      const names = Object.keys(schema.properties ?? {}).filter((key) => schema.required?.includes(key) || takesOf(schema.properties?.[key] ?? {}, key, isWanted));
      return Object.fromEntries(names.map((key) => [key, sample(schema.properties?.[key] ?? {}, known, wanted, key)]));
    }
    case 'array': return Array.from({ length: Math.max(schema.minItems ?? 0, takesOf(schema, name, isWanted) ? 1 : 0) }, () => sample(schema.items ?? {}, known, wanted, name));
    case 'number': case 'integer': return known[name] === undefined ? (schema.minimum ?? 1) : Number(known[name]);
    case 'boolean': return true;
    case 'string':
      if (schema.format === 'uuid') return idFor(wanted, name) ?? idFor(known, name) ?? newId();
      if (schema.format === 'email') return 'somebody@example.com';
      if (schema.format === 'date-time') return soon;
      if (schema.format === 'date') return soon.slice(0, 10);
      if (schema.format === 'uri') return 'https://somewhere.example/';
      if (name === 'timeZone') return 'UTC';
      return known[name] ?? 'x'.repeat(Math.max(1, schema.minLength ?? 1));
    default: return 'x';
  }
}
const schemas = new WeakMap<z.ZodType, Schema>();
function schemaOf(type: z.ZodType): Schema {
  const schema = schemas.get(type) ?? (z.toJSONSchema(type, { io: 'input', unrepresentable: 'any' }) as Schema);
  schemas.set(type, schema);
  return schema;
}

const isId = (schema: Schema): boolean => schema.format === 'uuid' || [...(schema.anyOf ?? []), ...(schema.oneOf ?? []), ...(schema.items ? [schema.items] : [])].some(isId);
/** Whether a field, or one within it, takes an id of which this holds. */
function takesOf(schema: Schema, name: string, isMeant: (name: string) => boolean): boolean {
  if (isId(schema) && isMeant(name)) return true;
  const parts = [...(schema.anyOf ?? []), ...(schema.oneOf ?? []), ...(schema.items ? [schema.items] : [])];
  return parts.some((part) => takesOf(part, name, isMeant)) || Object.entries(schema.properties ?? {}).some(([key, part]) => takesOf(part, key, isMeant));
}
/** The names of all ids that its body takes, however deep. */
export function idsInBody({ endpoint }: Door): string[] {
  const names = new Set<string>();
  if (endpoint.bodyKind === 'json') takesOf(schemaOf(endpoint.body), '', (name) => (names.add(one(name)), false));
  return [...names];
}

/** What a query can be asked for, as much of it as there is at once: nothing, every value of each choice, and every word where it takes words. */
export function queriesOf({ endpoint }: Door, words: readonly string[]): Record<string, string>[] {
  const schema = schemaOf(endpoint.query);
  const base = sample(schema, {}) as Record<string, unknown>;
  const written = Object.fromEntries(Object.entries(base).map(([key, value]): [string, string] => [key, String(value)]));
  if (schema.properties?.['limit']) written['limit'] = '100';
  const found: Record<string, string>[] = [written];
  for (const [key, part] of Object.entries(schema.properties ?? {})) {
    for (const value of part.enum ?? []) found.push({ ...written, [key]: String(value) });
    if (key === 'q') found.push(...words.map((word) => ({ ...written, q: word })));
  }
  return found;
}

/** Everything a door let out, archives unpacked. */
export interface Heard {
  status: number;
  text: string;
  asked: string;
}

interface Knock {
  known: Known;
  /** Ids that stand in the body, whether they must or not. */
  inBody?: Known;
  query?: Record<string, string>;
}

/** Asks at a door with a request that is in order, as far as the contract says what is. Answers all that came out, its headers too, and all that was asked. */
export async function knock(browser: Pick<Browser, 'fetch'>, { endpoint }: Door, { known, inBody = {}, query }: Knock): Promise<Heard> {
  const params = sample(schemaOf(endpoint.params), known) as Record<string, unknown>;
  const path = endpoint.path.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(String(params[name])));
  const asked = query ?? Object.fromEntries(Object.entries(sample(schemaOf(endpoint.query), known) as Record<string, unknown>).map(([name, value]) => [name, String(value)]));
  const body = endpoint.bodyKind === 'none' ? undefined : endpoint.bodyKind === 'raw' ? 'From: x@example.com\r\n\r\nx' : JSON.stringify(sample(schemaOf(endpoint.body), known, inBody));
  const question = `${path}?${new URLSearchParams(asked)}`;
  const answer = await browser.fetch(`/api/v1${question}`, { method: endpoint.method, ...(body === undefined ? {} : { body, headers: { 'content-type': endpoint.bodyKind === 'raw' ? 'application/octet-stream' : 'application/json' } }) });
  const bytes = Buffer.from(await answer.arrayBuffer());
  const isArchive = bytes[0] === 0x1f && bytes[1] === 0x8b;
  return { status: answer.status, text: `${[...answer.headers].join('\n')}\n\n${(isArchive ? gunzipSync(bytes) : bytes).toString('latin1')}`, asked: `${question} ${body ?? ''}` };
}
