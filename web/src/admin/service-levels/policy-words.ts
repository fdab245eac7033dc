import { casePriorities, clockKinds, type CustomerField, type Inbox, type PolicyContent, type ServicePolicy, type Team } from '@rapport/contract';
import { kindWord } from '../../cases/properties/property-words.ts';
import { priorityWord } from '../../cases/words.ts';
import { t } from '../../i18n/index.ts';
import { clockWord, minutesWords } from '../../service-levels/due-words.ts';
import { fieldValueWord } from '../../views/column-words.ts';

/** What names there are to what conditions hold as ids. */
export interface Known {
  inboxes: readonly Pick<Inbox, 'id' | 'name'>[];
  teams: readonly Pick<Team, 'id' | 'name'>[];
  fields: readonly CustomerField[];
}

const targetOf = { first_response: 'firstResponse', next_response: 'nextResponse', resolution: 'resolution' } as const;
const named = (list: readonly { id: string; name: string }[], ids: readonly string[]) => ids.map((id) => (id === 'none' ? t('assign.noTeam') : (list.find((one) => one.id === id)?.name ?? t('views.gone'))));

/** Which cases it is for, in a line. */
export function conditionWords({ inboxes, teams, priorities, kinds, customerFields, organizationFields }: PolicyContent['conditions'], known: Known): string {
  const fields = [...(customerFields ?? []), ...(organizationFields ?? [])].map(({ fieldId, value }) => {
    const field = known.fields.find(({ id }) => id === fieldId);
    return field ? `${field.name}: ${fieldValueWord(field, value)}` : t('views.gone');
  });
  const parts = [...(inboxes ? [named(known.inboxes, inboxes).join(', ')] : []), ...(teams ? [named(known.teams, teams).join(', ')] : []), ...(priorities ? [casePriorities.filter((each) => priorities.includes(each)).map(priorityWord).join(', ')] : []), ...(kinds ? [kinds.map(kindWord).join(', ')] : []), ...fields];
  return parts.length === 0 ? t('policies.everyCase') : parts.join(' · ');
}

/** What it promises, in a line. */
export const targetWords = ({ targets }: Pick<PolicyContent, 'targets'>): string => clockKinds.flatMap((kind) => (targets[targetOf[kind]] === null ? [] : [`${clockWord(kind)} ${minutesWords(targets[targetOf[kind]] ?? 0)}`])).join(' · ');

export const calendarWord = ({ content }: ServicePolicy, calendars: readonly { id: string; name: string }[]): string => calendars.find(({ id }) => id === content.calendarId)?.name ?? t('due.roundTheClock');
