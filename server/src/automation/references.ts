import { macroContent, ruleContent, type MacroContent, type RuleContent, type RuleFact } from '@rapport/contract';
import type { Ctx } from '../platform/context.ts';
import { Refusal } from '../platform/refusal.ts';
import { selectLeavers, selectMissing, type References } from './reference-store.ts';

const NAMES: Record<keyof References, string> = { agents: 'agent', workers: 'agent', teams: 'team', inboxes: 'inbox', fields: 'field', endpoints: 'webhook' };
const BY_FACT: Partial<Record<RuleFact, keyof References>> = { team: 'teams', assignee: 'agents', inbox: 'inboxes' };
const isId = (text: string): boolean => /^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$/i.test(text);

function ofRule({ groups, actions }: RuleContent): References {
  const { assign, teamId, callWebhook, notify = [], addFollowers = [], fields = {} } = actions;
  const found: References = { agents: [], workers: [...notify, ...addFollowers, ...(assign && isId(assign) ? [assign] : [])], teams: teamId ? [teamId] : [], inboxes: [], fields: Object.keys(fields), endpoints: callWebhook ? [callWebhook] : [] };
  for (const { fact, fieldId, values } of groups.flatMap((group) => group.conditions)) {
    const kind = BY_FACT[fact];
    if (kind) found[kind].push(...values.filter(isId));
    if (fieldId !== undefined) found.fields.push(fieldId);
  }
  return found;
}

const ofMacro = ({ actions: { assignee, teamId } }: MacroContent): References => ({ agents: [], workers: assignee && assignee !== 'me' ? [assignee] : [], teams: teamId ? [teamId] : [], inboxes: [], fields: [], endpoints: [] });

async function mustBeThere(ctx: Ctx, references: References): Promise<void> {
  const [missing] = await selectMissing(ctx, references);
  if (missing) throw new Refusal('invalid_request', `body.content: There is no ${NAMES[missing.what]} ${missing.id} here. Choose one that is there.`);
}

async function leaversOf(ctx: Ctx, named: readonly References[]): Promise<string[][]> {
  const leavers = await selectLeavers(ctx, named.flatMap(({ workers }) => workers));
  return named.map(({ workers }) => [...new Set(workers)].flatMap((id) => leavers.get(id) ?? []));
}

const nobody: References = { agents: [], workers: [], teams: [], inboxes: [], fields: [], endpoints: [] };
/** What is stored may be of another release, or broken; it then names nobody, and the others are listed all the same. */
const ofStored = <T>(read: { safeParse(stored: unknown): { data?: T | undefined } }, of: (content: T) => References) => (stored: unknown): References => {
  const { data } = read.safeParse(stored);
  return data === undefined ? nobody : of(data);
};

/** Of each rule, the names of those it gives work or news to who have left. */
export const leaversOfRules = (ctx: Ctx, stored: readonly RuleContent[]): Promise<string[][]> => leaversOf(ctx, stored.map(ofStored(ruleContent, ofRule)));
export const leaversOfMacros = (ctx: Ctx, stored: readonly MacroContent[]): Promise<string[][]> => leaversOf(ctx, stored.map(ofStored(macroContent, ofMacro)));

/** Refuses `invalid_request` where a rule names people, teams, inboxes, fields or webhooks that the company does not have, or gives work to who has left: it would never do what it says. */
export const mustNameWhatIsThere = (ctx: Ctx, content: RuleContent): Promise<void> => mustBeThere(ctx, ofRule(content));
export const mustNameWhoIsThere = (ctx: Ctx, content: MacroContent): Promise<void> => mustBeThere(ctx, ofMacro(content));
