import { sendNow, type WrittenItem } from '../../data/outbox.ts';
import { useConnection } from '../../data/live.ts';
import { useSession } from '../../data/session.ts';
import { t } from '../../i18n/index.ts';
import { Avatar } from '../../ui/avatar.tsx';
import { Button } from '../../ui/button.tsx';
import { classes } from '../../ui/classes.ts';
import { Icon } from '../../ui/icon.tsx';
import { useNow } from '../../ui/use-now.ts';
import { callBack } from '../composer/call-back.ts';
import { PlainBody } from './plain-body.tsx';

/** A reply or note that is still here: held back so that it can be taken back, on its way, waiting for the connection, or stopped. */
export function PendingCard({ item }: { item: WrittenItem }) {
  const { agent } = useSession();
  const connection = useConnection();
  const now = useNow(1000);
  const { deed } = item;
  const isNote = deed.kind === 'note';
  const leftSeconds = Math.ceil((item.notBefore - now) / 1000);
  const isHeld = item.state === 'waiting' && leftSeconds > 0;
  const state = item.state === 'stopped' ? t('pending.stopped') : isHeld ? t('pending.held', { seconds: leftSeconds }) : connection === 'offline' || item.attempts > 0 ? t('pending.offline') : t('pending.sending');
  return (
    <article aria-label={t('pending.label')} className="ms-6 flex gap-3 md:ms-12">
      {isNote ? <span className="mt-1 grid size-8 shrink-0 place-items-center rounded-full bg-honey-soft text-honey max-md:hidden"><Icon name="sticky-note" /></span> : <Avatar name={agent.name} size={32} className="mt-1 max-md:hidden" />}
      <div className={classes('min-w-0 grow rounded-lg border border-dashed px-4 py-3', isNote ? 'border-honey bg-honey-soft' : 'border-accent bg-ours')}>
        <header className="mb-1 flex items-baseline gap-2"><span className="font-semibold">{agent.name}</span>{isNote && <span className="text-sm font-semibold text-honey">{t('note.label')}</span>}</header>
        <PlainBody text={deed.body.text ?? ''} />
        {deed.attachments.length > 0 && <p className="mt-2 flex items-center gap-1.5 text-sm text-ink-2"><Icon name="paperclip" size={14} />{deed.attachments.map((one) => one.filename).join(', ')}</p>}
        <footer className={classes('mt-2 flex flex-wrap items-center gap-2 text-xs font-medium', item.state === 'stopped' ? 'text-clay' : 'text-ink-2')}>
          <Icon name={item.state === 'stopped' ? 'circle-alert' : isHeld ? 'clock' : connection === 'offline' ? 'cloud-off' : 'send'} size={14} />
          <span>{state}</span>
          {item.state !== 'sending' && <Button size="sm" tone="quiet" icon="undo-2" onClick={() => callBack(item.id)}>{t(item.state === 'stopped' ? 'pending.edit' : 'pending.takeBack')}</Button>}
          {isHeld && <Button size="sm" tone="quiet" icon="send" onClick={() => sendNow(item.id)}>{t('pending.sendNow')}</Button>}
        </footer>
      </div>
    </article>
  );
}
