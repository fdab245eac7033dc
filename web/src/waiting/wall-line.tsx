import type { HeldItem, WallAgent, WallQueue } from '@rapport/contract';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { explain } from '../data/explain.ts';
import { useCan } from '../data/session.ts';
import { lineQuery } from '../data/waiting.ts';
import { t } from '../i18n/index.ts';
import { Badge } from '../ui/badge.tsx';
import { Button } from '../ui/button.tsx';
import { IconButton } from '../ui/icon-button.tsx';
import { LoadState } from '../ui/load-state.tsx';
import { Card } from '../ui/page.tsx';
import { Clock } from './clock.tsx';
import { PassOn } from './pass-on.tsx';
import { aboutWord } from './words.ts';

function Line({ item, place, agents, skewMs, canMove }: { item: HeldItem; place: number; agents: readonly WallAgent[]; skewMs: number; canMove: boolean }) {
  const what = aboutWord(item);
  const { number, customerName } = item.about;
  return (
    <li className="flex items-center gap-3 py-2">
      <span className="w-8 shrink-0 text-end text-sm text-ink-3 tabular-nums">{item.state === 'waiting' ? place : '→'}</span>
      <div className="min-w-0 grow">
        <p dir="auto" className="truncate font-medium">{number === null ? what : <Link to="/cases/$view/$number" params={{ view: 'open', number: String(number) }} className="hover:underline">{what}</Link>}</p>
        <p className="flex flex-wrap gap-x-2 text-sm text-ink-3"><span>{t(`views.channel.${item.channel}`)}</span>{customerName !== null && <span dir="auto">{customerName}</span>}{item.state === 'offered' && <Badge tone="accent">{t('wall.isAsked', { name: agents.find(({ agentId }) => agentId === item.agentId)?.name ?? '' })}</Badge>}</p>
      </div>
      <Clock moment={item.since} skewMs={skewMs} className="shrink-0 font-semibold" />
      {canMove && <PassOn item={{ ...item, what }} agents={agents} canLeave trigger={<Button size="sm" aria-label={t('pass.deedFor', { what })}>{t('pass.deed')}</Button>} />}
    </li>
  );
}

/** Everybody who stands in a line, in its order, and what can be done for them. */
export function WallLine({ queue, agents, skewMs, onClose }: { queue: WallQueue; agents: readonly WallAgent[]; skewMs: number; onClose: () => void }) {
  const query = useInfiniteQuery(lineQuery(queue.queueId));
  const [mayManage, mayAssign] = [useCan('queue.manage'), useCan('case.assign')];
  return (
    <Card title={t('wall.lineOf', { queue: queue.name })} description={t('wall.lineLead', { waiting: queue.waiting, offered: queue.offered })} actions={<IconButton icon="x" label={t('wall.closeLine')} onClick={onClose} />}>
      <LoadState query={query} explain={explain}>
        {({ pages }) => {
          const items = pages.flatMap((page) => page.items);
          const asked = items.filter(({ state }) => state === 'offered').length;
          if (items.length === 0) return <p className=" text-ink-2">{t('wall.nobodyWaits')}</p>;
          return (
            <>
              <ol className="-my-2 divide-y divide-line" aria-label={t('wall.lineOf', { queue: queue.name })}>{items.map((item, index) => <Line key={item.id} item={item} place={index + 1 - asked} agents={agents} skewMs={skewMs} canMove={mayManage && mayAssign} />)}</ol>
              {query.hasNextPage && <div className="flex justify-center py-3"><Button isBusy={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>{t('wall.more')}</Button></div>}
            </>
          );
        }}
      </LoadState>
    </Card>
  );
}
