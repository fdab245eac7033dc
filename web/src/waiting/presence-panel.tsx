import type { HeldItem, OwnPresence, WantedPresence } from '@rapport/contract';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { firstKeys } from '../commands/bindings.ts';
import { explain } from '../data/explain.ts';
import { useSession } from '../data/session.ts';
import { ownWorkQuery, workforceSettingsQuery } from '../data/waiting.ts';
import { formatClock } from '../i18n/format.ts';
import { t } from '../i18n/index.ts';
import { Button } from '../ui/button.tsx';
import { classes } from '../ui/classes.ts';
import { Icon } from '../ui/icon.tsx';
import type { IconName } from '../ui/icon-names.ts';
import { Keys } from '../ui/keys.tsx';
import { LoadState } from '../ui/load-state.tsx';
import { Clock } from './clock.tsx';
import { useFinish, useTakeNext } from './deeds.ts';
import { aboutWord, presenceLooks } from './words.ts';

const WRAP_UP_SECONDS = 120;

function Choice({ icon, ink, label, hint, keys, isChosen, onPick }: { icon: IconName; ink: string; label: string; hint?: ReactNode; keys?: string | undefined; isChosen: boolean; onPick: () => void }) {
  return (
    <button type="button" aria-pressed={isChosen} onClick={onPick} className={classes('flex min-h-9 w-full items-center gap-2.5 rounded-sm px-2 py-1.5 text-start hover:bg-hover', isChosen && 'bg-press font-semibold')}>
      <Icon name={icon} className={ink} />
      <span className="min-w-0 grow break-words"><span dir="auto">{label}</span>{hint && <span className="block text-sm font-normal text-ink-3">{hint}</span>}</span>
      {isChosen ? <Icon name="check" className="text-accent" /> : keys && <span className="max-md:hidden"><Keys keys={keys} /></span>}
    </button>
  );
}

function HeldLine({ item, skewMs, onOpen }: { item: HeldItem; skewMs: number; onOpen: () => void }) {
  const finish = useFinish();
  const what = aboutWord(item);
  const words = <><span dir="auto" className="block truncate font-medium">{what}</span><span className="flex gap-1 text-sm text-ink-3"><span className="min-w-0 truncate" dir="auto">{item.about.customerName ?? item.about.queueName}</span>· <Clock moment={item.takenAt ?? item.since} skewMs={skewMs} /></span></>;
  return (
    <li className="flex items-center gap-1 pe-1">
      {item.about.number === null ? <span className="min-w-0 grow px-2 py-1">{words}</span> : <Link to="/cases/$view/$number" params={{ view: 'open', number: String(item.about.number) }} onClick={onOpen} className="min-w-0 grow rounded-sm px-2 py-1 hover:bg-hover">{words}</Link>}
      <Button size="sm" icon="check" isBusy={finish.isPending} aria-label={t('work.doneWith', { what })} onClick={() => finish.mutate(item)}>{t('work.done')}</Button>
    </li>
  );
}

/** What this agent is, what else they can be, and what they have in hand. */
export function PresencePanel({ presence, onChoose, onClose }: { presence: OwnPresence; onChoose: (wanted: WantedPresence) => void; onClose: () => void }) {
  const me = useSession().agent;
  const settings = useQuery(workforceSettingsQuery);
  const work = useQuery(ownWorkQuery);
  const next = useTakeNext();
  const { state, reason, until, byName, cause } = presence;
  const choose = (wanted: WantedPresence) => {
    onChoose(wanted);
    onClose();
  };
  return (
    <div className="flex max-h-[min(40rem,85dvh)] w-[20rem] max-w-full flex-col">
      <div className="border-b border-line px-3 py-2">
        <h2 className="font-semibold">{t('presence.title')}</h2>
        {state === 'wrap_up' && until !== null && (
          <div className="mt-1.5 flex items-center justify-between gap-2">
            <span className="text-honey">{t('presence.is.wrap_up')}: <Clock moment={until} skewMs={work.data?.skewMs ?? 0} isDown className="font-semibold" /></span>
            <Button size="sm" icon="plus" onClick={() => onChoose({ state: 'wrap_up', seconds: 60 })}>{t('presence.longer')}</Button>
          </div>
        )}
        {presence.since !== null && state !== 'wrap_up' && <p className="text-sm text-ink-3">{t(`presence.is.${state}`)} {t('presence.since', { time: formatClock(presence.since) })}{cause === 'chosen' && byName !== null && byName !== me.name && <> · {t('presence.by', { name: byName })}</>}</p>}
      </div>
      <div className="min-h-0 overflow-y-auto p-1">
        <Choice {...presenceLooks.available} label={t('presence.is.available')} hint={t('presence.hint.available')} keys={firstKeys('presence.available')} isChosen={state === 'available'} onPick={() => choose({ state: 'available' })} />
        {state !== 'wrap_up' && <Choice {...presenceLooks.wrap_up} label={t('presence.is.wrap_up')} hint={t('presence.hint.wrapUp')} isChosen={false} onPick={() => choose({ state: 'wrap_up', seconds: WRAP_UP_SECONDS })} />}
        <LoadState query={settings} explain={explain} skeleton={<div className="h-9" />}>
          {({ awayReasons }) => (
            <>
              {awayReasons.length === 0 && <Choice {...presenceLooks.away} label={t('presence.is.away')} isChosen={state === 'away'} onPick={() => choose({ state: 'away' })} />}
              {awayReasons.map((each) => <Choice key={each} {...presenceLooks.away} label={t('presence.awayFor', { reason: each })} isChosen={state === 'away' && reason === each} onPick={() => choose({ state: 'away', reason: each })} />)}
            </>
          )}
        </LoadState>
        <Choice {...presenceLooks.offline} label={t('presence.is.offline')} {...((work.data?.items.length ?? 0) > 0 ? { hint: t('presence.hint.offline') } : {})} isChosen={state === 'offline'} onPick={() => choose({ state: 'offline' })} />
      </div>
      <div className="border-t border-line p-1">
        <h3 className="px-2 pt-1 text-sm font-medium text-ink-3">{t('work.inHand')}</h3>
        {work.data && work.data.items.length > 0 ? <ul aria-label={t('work.inHand')} className="max-h-60 overflow-y-auto">{work.data.items.map((item) => <HeldLine key={item.id} item={item} skewMs={work.data.skewMs} onOpen={onClose} />)}</ul> : <p className="px-2 pb-1 text-sm text-ink-3">{t('work.nothing')}</p>}
        <div className="p-1"><Button size="sm" icon="arrow-right" isBusy={next.isPending} onClick={() => next.mutate(undefined, { onSuccess: onClose })}>{t('work.next')}{firstKeys('work.next') && <span className="max-md:hidden"><Keys keys={firstKeys('work.next') ?? ''} /></span>}</Button></div>
      </div>
    </div>
  );
}
