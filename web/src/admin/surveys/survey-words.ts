import type { Survey, SurveyConditions } from '@rapport/contract';
import { kindWord } from '../../cases/properties/property-words.ts';
import { t } from '../../i18n/index.ts';
import { minutesWords } from '../../service-levels/due-words.ts';

export interface Known {
  inboxes: readonly { id: string; name: string }[];
  teams: readonly { id: string; name: string }[];
}

const named = (list: readonly { id: string; name: string }[], ids: readonly string[]) => ids.map((id) => (id === 'none' ? t('assign.noTeam') : (list.find((one) => one.id === id)?.name ?? t('views.gone')))).join(', ');

/** Which cases it asks about, in a line. */
export function conditionWords({ channels, inboxes, teams, kinds }: SurveyConditions, known: Known): string {
  const parts = [
    ...(channels ? [channels.map((channel) => t(`views.channel.${channel}`)).join(', ')] : []), ...(inboxes ? [named(known.inboxes, inboxes)] : []), ...(teams ? [named(known.teams, teams)] : []), ...(kinds ? [kinds.map(kindWord).join(', ')] : []),
  ];
  return parts.length === 0 ? t('surveys.everyCase') : parts.join(' · ');
}

/** When and how often it asks, in a line. */
export function timeWords({ content: { delayMinutes, share, quietDays } }: Pick<Survey, 'content'>): string {
  return `${delayMinutes === 0 ? t('surveys.atOnce') : t('surveys.after', { span: minutesWords(delayMinutes) })} · ${t('surveys.sums', { share, days: quietDays })}`;
}
