import type { BriefInput, CasePromise, CaseRow, CaseStatus } from '@rapport/contract';
import { Suspense, useContext, useState } from 'react';
import { lazyPart } from '../data/lazy-part.ts';
import { ariaKeys, firstKeys } from '../commands/bindings.ts';
import { CommandButton } from '../commands/command-button.tsx';
import { useCommand } from '../commands/registry.ts';
import { useCan, useSession } from '../data/session.ts';
import type { ViewId } from '../data/views.ts';
import { t } from '../i18n/index.ts';
import { formatDayAndClock } from '../i18n/format.ts';
import { Avatar } from '../ui/avatar.tsx';
import { Badge } from '../ui/badge.tsx';
import { buttonLook } from '../ui/button.tsx';
import { classes } from '../ui/classes.ts';
import { IconButton, iconButtonLook } from '../ui/icon-button.tsx';
import { Icon } from '../ui/icon.tsx';
import { showToast } from '../ui/toast.ts';
import { Tooltip } from '../ui/tooltip.tsx';
import type { CaseDeeds } from './deeds.ts';
import { MovingMenu } from './moving/moving-menu.tsx';
import { offerChildren } from './moving/lazily.tsx';
import { AreTwo, useGoTo } from './pane.ts';
import { AssignPicker, TeamPicker } from './pickers/assign-picker.tsx';
import { PriorityPicker, StatusPicker } from './pickers/choice-pickers.tsx';
import { SnoozePicker } from './pickers/snooze-picker.tsx';
import { TagPicker } from './pickers/tag-picker.tsx';
import { openPromisesText } from './properties/property-words.ts';
import { ClocksButton } from '../service-levels/clocks-button.tsx';
import { toneInk } from './tone-ink.ts';
import { priorityLook, priorityWord, stateOf, statusLook, statusWord, subjectOf, tagTone } from './words.ts';

const WorkPill = lazyPart(async () => (await import('../waiting/work-pill.tsx')).WorkPill);
const BriefDialog = lazyPart(async () => (await import('./properties/brief-dialog.tsx')).BriefDialog);
const Confirm = lazyPart(async () => (await import('../ui/confirm.tsx')).Confirm);

type Open = 'assign' | 'team' | 'status' | 'priority' | 'tags' | 'snooze';
const pill = 'inline-flex h-7 max-w-52 shrink-0 items-center gap-1.5 rounded-md px-2 text-sm text-ink-2 transition-colors duration-120 hover:bg-hover hover:text-ink data-popup-open:bg-press disabled:pointer-events-none';

interface Props {
  row: CaseRow;
  /** As far as they are loaded. */
  promises: readonly CasePromise[];
  deeds: CaseDeeds;
  view: ViewId;
  onBack?: (() => void) | undefined;
  /** Shows or hides the customer; on phones it leads there. */
  onContext: () => void;
  isContextShown: boolean;
}

/** What the case is about, its state, and what can be done with it. */
export function CaseHeader({ row, promises, deeds, view, onBack, onContext, isContextShown }: Props) {
  // A picker belongs to the case it was opened on.
  const [opened, setOpened] = useState<{ caseId: string; what: Open }>();
  const open = opened?.caseId === row.id ? opened.what : undefined;
  const setOpen = (what: Open | undefined) => setOpened(what && { caseId: row.id, what });
  const { agent: me } = useSession();
  const isClosed = row.status === 'closed' || row.shelf === 'spam' || row.shelf === 'deleted' || row.shelf === 'merged';
  const canEdit = useCan('case.edit') && !isClosed;
  const canAssign = useCan('case.assign') && !isClosed;
  const canReply = useCan('case.reply');
  const picker = (name: Open) => ({ isOpen: open === name, onOpenChange: (isOpen: boolean) => setOpen(isOpen ? name : undefined) });
  const state = stateOf(row);
  const isDone = row.status === 'resolved';
  const [isClosing, setClosing] = useState(false);
  const chooseStatus = (status: CaseStatus) => {
    if (status === row.status) return;
    if (status === 'closed') setClosing(true);
    else if (status === 'resolved') resolve();
    else deeds.change({ status }, t('done.status', { status: statusWord(status) }), statusLook(status).icon);
  };

  const goTo = useGoTo(view);
  const areTwo = useContext(AreTwo);
  const resolve = () => {
    if (isDone) return deeds.change({ status: 'open' }, t('done.reopened'), 'rotate-ccw');
    deeds.finish({ status: 'resolved' }, t('done.resolved', { number: row.number }), 'circle-check');
    void offerChildren(row, goTo);
  };
  const assign = (id: string | null, name: string) => deeds.change({ assigneeId: id }, id === null ? t('done.unassigned') : id === me.id ? t('done.assignedMe') : t('done.assigned', { name }), 'user-check');
  const [handingTo, setHandingTo] = useState<{ id: string | null; name: string }>();
  const give = (id: string | null, name: string, brief?: BriefInput) => deeds.change({ teamId: id, ...(brief ? { brief } : {}) }, id === null ? t('done.noTeam') : t('done.team', { name }), 'users');
  // A case that somebody worked on is not handed over without a word; its first team gets it as it came.
  const move = (id: string | null, name: string) => (row.team !== null && row.team.id !== id ? setHandingTo({ id, name }) : give(id, name));
  const snooze = (until: string | null) => (until === null ? deeds.change({ snoozedUntil: null }, t('done.woken'), 'clock') : deeds.finish({ snoozedUntil: until }, t('done.snoozed', { until: formatDayAndClock(until) }), 'clock'));

  useCommand('case.resolve', canEdit ? resolve : undefined);
  useCommand('case.status', canEdit ? () => setOpen('status') : undefined);
  useCommand('case.priority', canEdit ? () => setOpen('priority') : undefined);
  useCommand('case.tag', canEdit ? () => setOpen('tags') : undefined);
  useCommand('case.snooze', canEdit ? () => setOpen('snooze') : undefined);
  useCommand('case.assign', canAssign ? () => setOpen('assign') : undefined);
  useCommand('case.team', canAssign ? () => setOpen('team') : undefined);
  useCommand('case.takeIt', canAssign && row.assignee?.id !== me.id ? () => assign(me.id, me.name) : undefined);
  useCommand('case.context', onContext);
  useCommand('case.copyLink', () => {
    void navigator.clipboard?.writeText(location.href).then(() => showToast(t('done.linkCopied'), { icon: 'link' }));
  });

  return (
    <header className="shrink-0 border-b border-line bg-surface">
      {/* Where letters are large and the window is not, the subject has a line of its own and what can be done stands below it. */}
      <div className="flex min-h-13 flex-wrap items-center justify-end gap-x-2 ps-4 pe-2 max-md:ps-1.5">
        {onBack && <IconButton icon="chevron-left" size={40} label={t('command.case.back')} onClick={onBack} />}
        <h2 className="min-w-0 grow basis-32 py-2">
          <span dir="auto" className="align-frame line-clamp-2 text-md large-text:line-clamp-3 leading-snug font-semibold break-words" title={subjectOf(row)}>{subjectOf(row)}</span>
        </h2>
        {canEdit && (
          <SnoozePicker
            {...picker('snooze')} snoozedUntil={row.snoozedUntil} onSnooze={snooze}
            trigger={<button type="button" aria-label={t('command.case.snooze')} data-tip={t('command.case.snooze')} data-tip-keys={firstKeys('case.snooze')} aria-keyshortcuts={ariaKeys('case.snooze')} className={classes(iconButtonLook, 'size-8 shrink-0')}><Icon name="clock" /></button>}
          />
        )}
        {canEdit && (
          <Tooltip text={t(isDone ? 'header.reopen' : 'command.case.resolve')} keys={firstKeys('case.resolve')}>
            <button type="button" onClick={resolve} aria-keyshortcuts={ariaKeys('case.resolve')} className={buttonLook('plain', 'md', 'shrink-0 max-md:px-2')}>
              <Icon name={isDone ? 'rotate-ccw' : 'check'} className={isDone ? '' : 'text-moss'} />
              <span className="max-md:sr-only">{t(isDone ? 'header.reopen' : 'command.case.resolve')}</span>
            </button>
          </Tooltip>
        )}
        {!onBack && !areTwo && <span className="max-lg:hidden"><CommandButton command="case.beside" /></span>}
        <MovingMenu row={row} view={view} />
        <CommandButton command="case.context" aria-pressed={isContextShown} {...(onBack ? { icon: 'user-round' as const, size: 40 as const } : {})} />
      </div>
      <div data-scrolls-sideways="" className="relative flex items-center gap-x-0.5 gap-y-1 px-2 pb-2 max-md:overflow-x-auto max-md:[scrollbar-width:none] md:flex-wrap">
        <bdi className="shrink-0 ps-2 pe-1 text-sm text-ink-3">#{row.number}</bdi>
        <StatusPicker
          {...picker('status')} current={row.status} onPick={chooseStatus}
          trigger={
            <button type="button" disabled={!canEdit} aria-keyshortcuts={ariaKeys('case.status')} data-tip={t('command.case.status')} data-tip-keys={firstKeys('case.status')} className={classes(pill, 'font-medium')}>
              <Icon name={statusLook(state).icon} size={14} className={toneInk(statusLook(state).tone)} />
              <span className="sr-only">{t('status.title')}: </span>{statusWord(state)}{row.snoozedUntil && state === 'snoozed' && <span className="font-normal text-ink-3"> · {formatDayAndClock(row.snoozedUntil)}</span>}
            </button>
          }
        />
        <PriorityPicker
          {...picker('priority')} current={row.priority} onPick={(priority) => priority !== row.priority && deeds.change({ priority }, t('done.priority', { priority: priorityWord(priority) }), 'flag')}
          trigger={
            <button type="button" disabled={!canEdit} aria-keyshortcuts={ariaKeys('case.priority')} data-tip={t('command.case.priority')} data-tip-keys={firstKeys('case.priority')} className={pill}>
              <Icon name={priorityLook(row.priority).icon} size={14} className={toneInk(priorityLook(row.priority).tone)} />
              <span className="sr-only">{t('priority.title')}: </span>{priorityWord(row.priority)}
            </button>
          }
        />
        <ClocksButton key={row.id} row={row} look={pill} />
        {canReply && <Suspense fallback={null}><WorkPill row={row} look={pill} /></Suspense>}
        <span className="mx-1 h-4 w-px bg-line" aria-hidden="true" />
        <AssignPicker
          {...picker('assign')} currentId={row.assignee?.id ?? null} onAssign={assign}
          trigger={
            <button type="button" disabled={!canAssign} aria-keyshortcuts={ariaKeys('case.assign')} data-tip={t('command.case.assign')} data-tip-keys={firstKeys('case.assign')} className={pill}>
              {row.assignee ? <Avatar name={row.assignee.name} size={18} /> : <Icon name="circle-dashed" size={16} className="text-ink-3" />}
              <span className="sr-only">{t('assign.title')}: </span><span className="truncate">{row.assignee?.name ?? t('assign.unassigned')}</span>
            </button>
          }
        />
        <TeamPicker
          {...picker('team')} currentId={row.team?.id ?? null} onAssign={move}
          trigger={
            <button type="button" disabled={!canAssign} aria-keyshortcuts={ariaKeys('case.team')} data-tip={t('command.case.team')} data-tip-keys={firstKeys('case.team')} className={pill}>
              <Icon name="users" size={14} className="text-ink-3" />
              <span className="sr-only">{t('assign.teamTitle')}: </span><span className="truncate">{row.team?.name ?? t('assign.noTeam')}</span>
            </button>
          }
        />
        <TagPicker
          {...picker('tags')} tags={row.tags} onChange={(change) => deeds.change(change, t('done.tags'), 'tag')}
          trigger={
            <button type="button" disabled={!canEdit} aria-keyshortcuts={ariaKeys('case.tag')} data-tip={t('command.case.tag')} data-tip-keys={firstKeys('case.tag')} className={classes(pill, 'max-w-full')}>
              <span className="sr-only">{t('tags.title')}: </span>
              {row.tags.map((tag) => <Badge key={tag} tone={tagTone(tag)}>{tag}</Badge>)}
              {row.tags.length === 0 && <><Icon name="tag" size={14} className="text-ink-3" />{t('tags.add')}</>}
            </button>
          }
        />
      </div>
      {handingTo && (
        <Suspense fallback={null}>
          <BriefDialog
            team={handingTo.id === null ? t('assign.noTeam') : handingTo.name} promised={openPromisesText(promises)} onClose={() => setHandingTo(undefined)}
            onSubmit={(brief) => { setHandingTo(undefined); give(handingTo.id, handingTo.name, brief); }}
          />
        </Suspense>
      )}
      {isClosing && (
        <Suspense fallback={null}>
          <Confirm isOpen onClose={() => setClosing(false)} title={t('close.title', { number: row.number })} deed={t('close.deed')} onConfirm={() => { setClosing(false); deeds.close(); }}>{t('close.hint')}</Confirm>
        </Suspense>
      )}
    </header>
  );
}
