import type { CaseReader } from '../../platform/case-scope.ts';
import type { Ctx } from '../../platform/context.ts';
import type { Hit } from '../search-store.ts';
import type { CaseConditions, EntryConditions } from './conditions.ts';

const NEW = `(c.shelf = 'open' and c.status = 'new')`;

/**
 * The newest cases that fit a filter without words, by number. A tag and an assignee are looked up by their indexes; else the cases are walked from the newest, so that what many have
 * is found at once and what few have costs a look at every case. Dates then ask for cases that were alive in that time.
 */
export function selectByFilter(ctx: Ctx, reader: CaseReader, ofCase: CaseConditions, ofEntry: EntryConditions | null, most: number): Promise<Hit[]> {
  const values: unknown[] = [ctx.accountId, reader.scope, reader.agentId, reader.teamIds, most];
  const add = (value: unknown) => `$${values.push(value)}`;
  const conditions = ['c.account_id = $1', 'case_in_scope($2, $3, $4, c.assignee_id, c.team_id)'];
  const either = (column: string, type: string, yes: string[] | undefined, no: string[] | undefined) => {
    if (yes) conditions.push(`${column} = any(${add(yes)}::${type}[])`);
    if (no) conditions.push(`${column} <> all(${add(no)}::${type}[])`);
  };
  const shelf = (list: string[]) => `(c.shelf = any(${add(list)}::text[])${list.includes('new') ? ` or ${NEW}` : ''})`;
  conditions.push(ofCase.shelves ? shelf(ofCase.shelves) : 'c.merged_into_id is null and c.removed_as is null');
  if (ofCase.notShelves) conditions.push(`not ${shelf(ofCase.notShelves)}`);
  if (ofCase.shelf !== undefined) conditions.push(`c.shelf = ${add(ofCase.shelf)}`);
  either('c.kind', 'text', ofCase.kinds, ofCase.notKinds);
  either('c.priority', 'text', ofCase.priorities, ofCase.notPriorities);
  either('owner_key(c.assignee_id)', 'uuid', ofCase.assignees, ofCase.notAssignees);
  either('owner_key(c.team_id)', 'uuid', ofCase.teams, ofCase.notTeams);
  either('c.inbox_id', 'uuid', ofCase.inboxes, ofCase.notInboxes);
  for (const tag of ofCase.tags ?? []) conditions.push(`c.id in (select g.case_id from case_tag g where g.account_id = $1 and g.tag = ${add(tag)})`);
  if (ofCase.notTags) conditions.push(`not c.tags && ${add(ofCase.notTags)}::text[]`);
  if (ofEntry?.after !== undefined) conditions.push(`c.last_activity_at >= ${add(ofEntry.after)}`);
  if (ofEntry?.before !== undefined) conditions.push(`c.created_at < ${add(ofEntry.before)}`);
  const { after: _after, before: _before, ...rest } = ofEntry ?? {};
  if (Object.keys(rest).length > 0) conditions.push(entryCondition(ofEntry ?? {}, add));
  return ctx.tx.run<Hit>(`select c.id as case_id, null::uuid as entry_id, 0::real as rank from cases c where ${conditions.join(' and ')} order by c.number desc limit $5`, values);
}

/** An entry of the case that is all of it; what must not be, no entry of the case may be. */
function entryCondition({ notFrom, notTo, notFile, hasFile, ...yes }: EntryConditions, add: (value: unknown) => string): string {
  const entries = (fits: object) => `exists (select from entry e where e.account_id = $1 and e.case_id = c.id and e.kind in ('message', 'note') and entry_fits(e, ${add(JSON.stringify(fits))}))`;
  const asked = { ...yes, ...(hasFile === true ? { hasFile } : {}) };
  const { after: _after, before: _before, ...beyondDates } = asked;
  const not = [notFrom && { from: notFrom }, notTo && { to: notTo }, notFile && { file: notFile }, hasFile === false && { hasFile: true }].filter((one): one is Exclude<typeof one, false | undefined> => one !== undefined && one !== false);
  return [...(Object.keys(beyondDates).length > 0 ? [entries(asked)] : []), ...not.map((fits) => `not ${entries(fits)}`)].join(' and ');
}
