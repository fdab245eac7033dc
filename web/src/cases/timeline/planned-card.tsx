import type { PlannedMessage } from '@rapport/contract';
import { useState } from 'react';
import { useCommand } from '../../commands/registry.ts';
import { explain, explainRefusal } from '../../data/explain.ts';
import { reschedulePlan, sendPlanNow } from '../../data/planned.ts';
import { useCan, useSession } from '../../data/session.ts';
import { t } from '../../i18n/index.ts';
import { formatDayAndClock, formatFull } from '../../i18n/format.ts';
import { Avatar } from '../../ui/avatar.tsx';
import { Button } from '../../ui/button.tsx';
import { classes } from '../../ui/classes.ts';
import { Icon } from '../../ui/icon.tsx';
import { dismissToast, showTrouble, undoableToast } from '../../ui/toast.ts';
import { useNow } from '../../ui/use-now.ts';
import { undoPlan } from '../composer/call-back.ts';
import { SendLater } from '../composer/send-later.tsx';
import { PlainBody } from './plain-body.tsx';

/** The writer was refused, not the reader: what one may not do oneself is said with other words. */
function heldWords({ reason, code, detail, author }: PlannedMessage): string {
  if (reason !== 'refused') return t(`planned.held.${reason ?? 'newer_message'}`);
  return code === 'not_allowed' ? t('planned.held.not_allowed', { name: author.name }) : t('planned.held.refused', { detail: explainRefusal(code, detail) });
}

/** What has been written and waits on the server: for the seconds in which it can be taken back, for a chosen time, or for somebody to decide. Every device shows it. */
export function PlannedCard({ planned }: { planned: PlannedMessage }) {
  const { agent } = useSession();
  const canReply = useCan('case.reply');
  const now = useNow(1000);
  const [isChoosing, setChoosing] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const isMine = planned.author.id === agent.id;
  const isUndo = planned.hold === 'undo' && planned.state === 'waiting';
  const isHeld = planned.state === 'held_back';
  const seconds = Math.ceil((Date.parse(planned.sendAt) - now) / 1000);
  const undo = () => void undoPlan(planned.caseId, planned.id);
  // Also after a reload or on another device, where no toast tells of it.
  useCommand('app.undo', isUndo && isMine && canReply ? () => {
    const toast = undoableToast();
    if (!toast) return undo();
    dismissToast(toast.id);
    toast.action?.run();
  } : undefined);
  const attempt = (work: () => Promise<void>) => {
    setBusy(true);
    void work().catch((error: unknown) => showTrouble(explain(error))).finally(() => setBusy(false));
  };
  const state = isHeld ? heldWords(planned) : isUndo ? (seconds > 0 ? t('planned.goesIn', { seconds }) : t('planned.goesNow')) : t('planned.scheduled', { at: formatDayAndClock(planned.sendAt) });
  return (
    <article aria-label={t('planned.label')} className="ms-6 flex gap-3 md:ms-12">
      <Avatar name={planned.author.name} size={32} className="mt-1 max-md:hidden" />
      <div className={classes('min-w-0 grow rounded-lg border border-dashed px-4 py-3', isHeld ? 'border-honey bg-honey-soft' : 'border-accent bg-ours')}>
        <header className="mb-1 flex flex-wrap items-baseline gap-x-2">
          <span className="font-semibold">{planned.author.name}</span>
          {planned.kind === 'forward' && <span className="text-sm font-semibold text-ink-2">{t('planned.forward')}</span>}
          <bdi className="min-w-0 truncate text-xs text-ink-3">{t('planned.to', { names: [...planned.to, ...planned.cc, ...planned.bcc].join(', ') })}</bdi>
        </header>
        <PlainBody text={planned.text} />
        {planned.attachments.length > 0 && <p className="mt-2 flex items-center gap-1.5 text-sm text-ink-2"><Icon name="paperclip" size={14} />{planned.attachments.map((one) => one.filename).join(', ')}</p>}
        <footer className={classes('mt-2 flex flex-wrap items-center gap-2 text-xs font-medium', isHeld ? 'text-honey' : 'text-ink-2')}>
          <Icon name={isHeld ? 'triangle-alert' : 'clock'} size={14} />
          <span role={isHeld ? 'status' : undefined} title={formatFull(planned.sendAt)}>{state}</span>
          {canReply && (
            <>
              {(!isUndo || seconds > 0) && <Button size="sm" tone="quiet" icon="undo-2" onClick={undo}>{t(isUndo ? 'planned.undo' : 'planned.edit')}</Button>}
              {!isUndo && <SendLater isOpen={isChoosing} onOpenChange={setChoosing} onChoose={(time) => attempt(() => reschedulePlan(planned.caseId, planned.id, time))} trigger={<Button size="sm" tone="quiet" icon="clock">{t('planned.reschedule')}</Button>} />}
              {(!isUndo || seconds > 0) && planned.reason !== 'case_closed' && <Button size="sm" tone="quiet" icon="send" isBusy={isBusy} onClick={() => attempt(() => sendPlanNow(planned.caseId, planned.id))}>{t(isHeld ? 'planned.sendAnyway' : 'planned.sendNow')}</Button>}
            </>
          )}
        </footer>
      </div>
    </article>
  );
}
