import type { CasePriority, CaseRow, CaseStatus } from '@rapport/contract';
import { t } from '../i18n/index.ts';
import type { Tone } from '../ui/badge.tsx';
import type { IconName } from '../ui/icon-names.ts';
import { ownViewWord } from '../data/view-queries.ts';
import { isOwnView, type ViewId } from '../data/views.ts';

interface Look {
  icon: IconName;
  tone: Tone;
}

/** What is shown as a case's state. */
export type State = CaseStatus | 'snoozed' | 'merged' | 'spam' | 'deleted';

const statusLooks: Record<State, Look> = {
  new: { icon: 'circle-dashed', tone: 'accent' },
  open: { icon: 'circle-dot', tone: 'accent' },
  pending: { icon: 'hourglass', tone: 'neutral' },
  on_hold: { icon: 'circle-pause', tone: 'neutral' },
  resolved: { icon: 'circle-check', tone: 'moss' },
  closed: { icon: 'archive', tone: 'neutral' },
  snoozed: { icon: 'clock', tone: 'neutral' },
  merged: { icon: 'git-merge', tone: 'neutral' },
  spam: { icon: 'ban', tone: 'neutral' },
  deleted: { icon: 'trash-2', tone: 'neutral' },
};
const priorityLooks: Record<CasePriority, Look> = {
  low: { icon: 'chevron-down', tone: 'neutral' },
  normal: { icon: 'equal', tone: 'neutral' },
  high: { icon: 'chevron-up', tone: 'honey' },
  urgent: { icon: 'chevrons-up', tone: 'clay' },
};

/** Sleeping, and having been set aside, hide the status below. */
export const stateOf = (row: Pick<CaseRow, 'status' | 'shelf'>): State => (row.shelf === 'snoozed' || row.shelf === 'merged' || row.shelf === 'spam' || row.shelf === 'deleted' ? row.shelf : row.status);
export const statusLook = (status: State) => statusLooks[status];
export const priorityLook = (priority: CasePriority) => priorityLooks[priority];
export const statusWord = (status: State) => t(`status.${status}`);
export const priorityWord = (priority: CasePriority) => t(`priority.${priority}`);

const viewIcons: Record<string, IconName> = { mine: 'inbox', unassigned: 'circle-user-round', open: 'layers', snoozed: 'clock', pending: 'hourglass', on_hold: 'circle-pause', resolved: 'circle-check', closed: 'archive', spam: 'ban', deleted: 'trash-2' };
export const viewIcon = (view: ViewId): IconName => viewIcons[view] ?? (isOwnView(view) ? 'list-filter' : 'users');
/** The name of a view; a team's is its own. */
export const viewWord = (view: ViewId, teams: readonly { id: string; name: string }[] = []) =>
  isOwnView(view) ? (ownViewWord(view) ?? t('views.unsaved')) : view.startsWith('team-') ? (teams.find((team) => team.id === view.slice(5))?.name ?? t('view.team')) : t(`view.${view as 'mine'}`);

export const subjectOf = (row: Pick<CaseRow, 'subject'>) => row.subject.trim() || t('case.noSubject');


/** Money words are plum as everywhere; the rest stays quiet. Colour is for meaning, and most tags mean nothing to the eye. */
export const tagTone = (tag: string): Tone => (/refund|billing|invoice|payment|dispute|charge/.test(tag) ? 'plum' : 'neutral');
