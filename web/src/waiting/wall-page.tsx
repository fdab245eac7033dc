import type { Wall, WallQueue } from '@rapport/contract';
import { useMutation, useQuery } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { useCallback, useEffect, useState, type ReactNode } from 'react';
import { undoAction } from '../commands/undo-action.ts';
import { client } from '../data/client.ts';
import { explain } from '../data/explain.ts';
import { useConnection } from '../data/live.ts';
import { useCan } from '../data/session.ts';
import { stirWall, wallQuery } from '../data/waiting.ts';
import { formatPercent } from '../i18n/format.ts';
import { t } from '../i18n/index.ts';
import { Badge } from '../ui/badge.tsx';
import { Button, buttonLook } from '../ui/button.tsx';
import { classes } from '../ui/classes.ts';
import { Confirm } from '../ui/confirm.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { Icon } from '../ui/icon.tsx';
import { LoadState } from '../ui/load-state.tsx';
import { Page } from '../ui/page.tsx';
import { showToast, showTrouble } from '../ui/toast.ts';
import { useNow } from '../ui/use-now.ts';
import { Clock } from './clock.tsx';
import { WallLine } from './wall-line.tsx';
import { WallPeople } from './wall-people.tsx';
import { WallScreen } from './wall-screen.tsx';
import { isLate, sumOf } from './wall-sums.ts';
import { clockWord } from './words.ts';

const route = getRouteApi('/workspace/wall');
/** Numbers older than this are told apart from what is true now. */
const STALE_MS = 45_000;
const LOST_MS = 8_000;
/** Where the window is narrow, what counts most is left. */
const small = 'max-md:hidden';

function Tile({ label, hint, isBad = false, children }: { label: string; hint?: ReactNode; isBad?: boolean; children: ReactNode }) {
  return (
    <div className={classes('min-w-0 rounded-lg border p-4', isBad ? 'border-clay bg-clay-soft text-clay' : 'border-line bg-surface')}>
      <dt className={classes('text-sm font-medium', !isBad && 'text-ink-2')}>{label}</dt>
      <dd className="flex items-center gap-1.5 text-xl font-semibold tabular-nums">{isBad && <Icon name="flag" />}{children}</dd>
      {hint && <dd className={classes('text-sm', !isBad && 'text-ink-3')}>{hint}</dd>}
    </div>
  );
}

/** Closing is asked about, since customers are turned away; opening is done at once. Either can be taken back. */
function OpenSwitch({ queue }: { queue: WallQueue }) {
  const [isAsking, setAsking] = useState(false);
  const set = useMutation({
    mutationFn: (isOpen: boolean) => client.queues.setOpen({ params: { queueId: queue.queueId }, body: { isOpen } }),
    onSuccess: ({ isOpen }) => {
      stirWall();
      setAsking(false);
      showToast(t(isOpen ? 'wall.wasOpened' : 'wall.wasClosed', { queue: queue.name }), { icon: isOpen ? 'check' : 'lock', action: undoAction(() => set.mutate(!isOpen)) });
    },
    onError: (error) => showTrouble(explain(error)),
  });
  return (
    <>
      <Button size="sm" isBusy={set.isPending} aria-label={t(queue.isOpen ? 'wall.closeThis' : 'wall.openThis', { queue: queue.name })} onClick={() => (queue.isOpen ? setAsking(true) : set.mutate(true))}>{t(queue.isOpen ? 'wall.close' : 'wall.open')}</Button>
      {isAsking && <Confirm isOpen onClose={() => setAsking(false)} title={t('wall.closeTitle', { queue: queue.name })} deed={t('wall.close')} isBusy={set.isPending} onConfirm={() => set.mutate(false)}>{t('wall.closeHint', { count: queue.waiting + queue.offered })}</Confirm>}
    </>
  );
}

function QueueRow({ queue, skewMs, now, isOpened, onOpen }: { queue: WallQueue; skewMs: number; now: number; isOpened: boolean; onOpen: () => void }) {
  const mayManage = useCan('queue.manage');
  const late = isLate(queue, now);
  const cell = 'px-3 py-2.5 text-end tabular-nums';
  return (
    <tr className="border-b border-line last:border-b-0">
      <th scope="row" className="px-3 py-2.5 text-start font-medium">
        <button type="button" onClick={onOpen} aria-expanded={isOpened} className="inline-flex min-h-6 max-w-full items-center gap-1 rounded-sm text-start break-words hover:underline"><Icon name={isOpened ? 'chevron-down' : 'chevron-right'} size={14} className="shrink-0 text-ink-3 rtl:-scale-x-100" /><span dir="auto">{queue.name}</span></button>
        {!queue.isOpen && <Badge icon="lock" className="ms-2 align-middle">{t('wall.closed')}</Badge>}
      </th>
      <td className={classes(cell, 'font-semibold')}>{queue.waiting}</td>
      <td className={classes(cell, small)}>{queue.offered}</td>
      <td className={classes(cell, small)}>{queue.taken}</td>
      <td className={classes(cell, late && 'font-semibold text-clay')}>{queue.longestSince === null ? '–' : <span className="inline-flex items-center gap-1">{late && <Icon name="flag" size={14} />}{late && <span className="sr-only">{t('wall.late')}: </span>}<Clock moment={queue.longestSince} skewMs={skewMs} /></span>}</td>
      <td className={cell}>{queue.counted === 0 ? <span className="text-ink-3">–</span> : <span title={t('wall.keptOf', { inTime: queue.inTime, counted: queue.counted, time: clockWord((queue.answerWithinSeconds ?? 0) * 1000) })}>{formatPercent(queue.inTime / queue.counted)} <span className="text-sm text-ink-3">{t('wall.of', { count: queue.counted })}</span></span>}</td>
      <td className={classes(cell, small)}>{queue.available}</td>
      {mayManage && <td className="px-3 py-1.5 text-end"><OpenSwitch queue={queue} /></td>}
    </tr>
  );
}

function Board({ wall, skewMs }: { wall: Wall; skewMs: number }) {
  const now = useNow(1000) + skewMs;
  const sums = sumOf(wall);
  const mayManage = useCan('queue.manage');
  const [openId, setOpenId] = useState<string>();
  const open = wall.queues.find(({ queueId }) => queueId === openId);
  const head = 'h-9 px-3 text-end text-sm font-medium whitespace-nowrap text-ink-3';
  return (
    <>
      <dl className="grid grid-cols-2 gap-3 lg:grid-cols-4">
        <Tile label={t('wall.waiting')} hint={t('wall.inLines', { count: wall.queues.filter(({ waiting, offered }) => waiting + offered > 0).length })}>{sums.waiting}</Tile>
        <Tile label={t('wall.longest')} isBad={wall.queues.some((queue) => isLate(queue, now))}>{sums.longestSince === null ? '–' : clockWord(now - Date.parse(sums.longestSince))}</Tile>
        <Tile label={t('wall.kept')} hint={sums.counted === 0 ? t('wall.keptNothing') : t('wall.keptSum', { inTime: sums.inTime, counted: sums.counted })}>{sums.counted === 0 ? '–' : formatPercent(sums.inTime / sums.counted)}</Tile>
        <Tile label={t('wall.available')} hint={t('wall.there', { count: sums.there })}>{sums.available}</Tile>
      </dl>
      <div className="overflow-x-auto rounded-lg border border-line bg-surface" tabIndex={0} role="region" aria-label={t('wall.queues')}>
        <table className="w-full border-collapse text-base">
          <caption className="sr-only">{t('wall.queues')}</caption>
          <thead><tr className="border-b border-line">
            <th scope="col" className={classes(head, 'text-start')}>{t('wall.queue')}</th><th scope="col" className={head}>{t('wall.waiting')}</th><th scope="col" className={classes(head, small)}>{t('wall.asked')}</th><th scope="col" className={classes(head, small)}>{t('work.inHand')}</th><th scope="col" className={head}>{t('wall.longest')}</th>
            <th scope="col" className={head}>{t('wall.kept')}</th><th scope="col" className={classes(head, small)}>{t('wall.available')}</th>{mayManage && <th scope="col" className={head}><span className="sr-only">{t('wall.deeds')}</span></th>}
          </tr></thead>
          <tbody>{wall.queues.map((queue) => <QueueRow key={queue.queueId} queue={queue} skewMs={skewMs} now={now} isOpened={queue.queueId === openId} onOpen={() => setOpenId(queue.queueId === openId ? undefined : queue.queueId)} />)}</tbody>
        </table>
      </div>
      {open && <WallLine key={open.queueId} queue={open} agents={wall.agents} skewMs={skewMs} onClose={() => setOpenId(undefined)} />}
      <h2 className="text-md font-semibold">{t('wall.people')}</h2>
      <WallPeople agents={wall.agents} queues={wall.queues} skewMs={skewMs} />
    </>
  );
}

/** Who waits where, who is there and what they do, as it is now. */
export function WallPage() {
  const query = useQuery(wallQuery);
  const { screen } = route.useSearch();
  const navigate = useNavigate();
  const mayManage = useCan('queue.manage');
  const isConnected = useConnection() !== 'offline';
  const now = useNow(2000);
  const [lostAt, setLostAt] = useState<number>();
  useEffect(() => setLostAt(isConnected ? undefined : Date.now()), [isConnected]);
  const isStale = query.dataUpdatedAt > 0 && (now - query.dataUpdatedAt > STALE_MS || (lostAt !== undefined && now - lostAt > LOST_MS));
  const leave = useCallback(() => void navigate({ to: '/wall' as string }), [navigate]);
  if (screen && query.data) return <WallScreen wall={query.data} skewMs={query.data.skewMs} isStale={isStale} onClose={leave} />;
  const setUp = <Link to="/admin/queues" className={buttonLook('plain')}><Icon name="settings" />{t('settings.queues')}</Link>;
  return (
    <Page width="xl" title={t('wall.title')} description={t('wall.lead')} actions={<>{mayManage && setUp}<Link to="/wall" search={{ screen: 1 }} className={buttonLook('primary')}><Icon name="monitor" />{t('wall.screen')}</Link></>}>
      {isStale && <p role="status" className="flex items-center gap-2 text-clay"><Icon name="wifi-off" />{t('wall.stale')}</p>}
      <LoadState query={query} explain={explain}>
        {(wall) => wall.queues.length === 0
          ? <div className="rounded-lg border border-line bg-surface"><EmptyState icon="layers" title={t('queues.empty')} action={mayManage ? setUp : undefined}>{t('queues.emptyLead')}</EmptyState></div>
          : <div className={classes('flex flex-col gap-5', isStale && 'opacity-60 grayscale')}><Board wall={wall} skewMs={wall.skewMs} /></div>}
      </LoadState>
    </Page>
  );
}
