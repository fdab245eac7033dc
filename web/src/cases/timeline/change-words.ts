import { surveyScales, type CaseKind, type LinkRole, type CasePriority, type CaseStatus, type Entry } from '@rapport/contract';
import { t } from '../../i18n/index.ts';
import { formatDayAndClock } from '../../i18n/format.ts';
import { kindWord, promiseChangeWords, toldValue } from '../properties/property-words.ts';
import { roleWord } from '../moving/link-words.ts';
import { priorityWord, statusWord } from '../words.ts';

type Change = Extract<Entry, { kind: 'change' }>['changes'][number];

/** What a change did, as the end of a sentence that begins with who did it. */
export function changeWords(change: Change, author: string): string {
  const { field, from, to } = change;
  switch (field) {
    case 'kind': return t('change.kind', { kind: kindWord(to as CaseKind) });
    case 'field': return to === null ? t('change.fieldGone', { field: change.name ?? '' }) : t('change.field', { field: change.name ?? '', value: toldValue(change.type, to) });
    case 'survey': return surveyWords(change);
    case 'promise': return promiseChangeWords(change);
    case 'created': return t('change.created');
    case 'status': return t('change.status', { status: statusWord(to as CaseStatus) });
    case 'priority': return t('change.priority', { priority: priorityWord(to as CasePriority) });
    case 'assignee': return to === null ? t('change.unassigned') : to === author ? t('change.tookIt') : t('change.assignee', { name: to });
    case 'team': return to === null ? t('change.noTeam') : t('change.team', { name: to });
    case 'tags': return tagWords(from, to);
    case 'snooze': return to === null ? t('change.woken') : t('change.snooze', { until: formatDayAndClock(to) });
    case 'subject': return t('change.subject', { subject: to ?? '' });
    case 'merge': return from === null ? t('change.mergedInto', { number: to ?? '' }) : t('change.merged', { number: from });
    case 'unmerge': return from === null ? t('change.unmergedFrom', { number: to ?? '' }) : t('change.unmerged', { number: from });
    case 'split': return from === null ? t('change.splitInto', { number: to ?? '' }) : t('change.splitFrom', { number: from });
    case 'unsplit': return from === null ? t('change.unsplitInto', { number: to ?? '' }) : t('change.unsplit', { number: from });
    case 'link': return t('change.link', { role: roleWord(from as LinkRole), number: to ?? '' });
    case 'unlink': return t('change.unlink', { number: to ?? '' });
    case 'aside': return to === null ? t('change.restored') : t(to === 'spam' ? 'change.spam' : 'change.deleted');
    case 'erased': return t('change.erased');
    case 'customer': return t('change.customer', { name: to ?? '' });
  }
}

/** What the customer thinks of our work, with what they wrote beside it. */
function surveyWords({ from, to, name }: Change): string {
  const kind = from === 'effort' || from === 'nps' ? from : 'csat';
  const score = t(`change.survey.${kind}`, { score: Number(to), most: surveyScales[kind].to });
  return name ? t('change.surveySaid', { score, words: name }) : score;
}

const tagsOf = (text: string | null) => (text ?? '').split(/[\s,]+/).filter(Boolean);

function tagWords(from: string | null, to: string | null): string {
  const before = tagsOf(from);
  const after = tagsOf(to);
  const added = after.filter((tag) => !before.includes(tag));
  const removed = before.filter((tag) => !after.includes(tag));
  if (added.length > 0 && removed.length === 0) return t('change.tagged', { tags: added.join(', '), count: added.length });
  if (removed.length > 0 && added.length === 0) return t('change.untagged', { tags: removed.join(', '), count: removed.length });
  return t('change.tags', { tags: after.join(', ') || '–' });
}
