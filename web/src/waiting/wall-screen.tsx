import type { Wall } from '@rapport/contract';
import { useEffect, type ReactNode } from 'react';
import { formatPercent } from '../i18n/format.ts';
import { t } from '../i18n/index.ts';
import { classes } from '../ui/classes.ts';
import { IconButton } from '../ui/icon-button.tsx';
import { Icon } from '../ui/icon.tsx';
import { useNow } from '../ui/use-now.ts';
import { isLate, sumOf } from './wall-sums.ts';
import { clockWord } from './words.ts';

/** As many lines as a screen holds at a size that is read across a room; those that wait longest come first. */
const MOST = 8;

function Tile({ label, isBad = false, children }: { label: string; isBad?: boolean; children: ReactNode }) {
  return (
    <div className={classes('flex min-w-0 flex-col justify-center rounded-lg border p-[1.2vw]', isBad ? 'border-clay bg-clay-soft text-clay' : 'border-line bg-surface')}>
      <p className={classes('truncate text-[length:max(24px,1.7vw)] font-medium', !isBad && 'text-ink-2')}>{label}</p>
      <p className="flex items-center gap-[1vw] text-[length:max(48px,4.8vw)] leading-none font-bold tabular-nums">{isBad && <Icon name="flag" size={48} className="shrink-0" />}{children}</p>
    </div>
  );
}

/** The lines for a screen on the wall: four numbers and the lines, at 48 px and more. What is not true any more is greyed within seconds. */
export function WallScreen({ wall, skewMs, isStale, onClose }: { wall: Wall; skewMs: number; isStale: boolean; onClose: () => void }) {
  const now = useNow(1000) + skewMs;
  const sums = sumOf(wall);
  const queues = wall.queues.toSorted((a, b) => (a.longestSince ?? '~').localeCompare(b.longestSince ?? '~') || a.name.localeCompare(b.name));
  useEffect(() => {
    const root = document.documentElement;
    void root.requestFullscreen?.().catch(() => undefined);
    const onChange = () => document.fullscreenElement === null && onClose();
    const onKey = (event: KeyboardEvent) => event.key === 'Escape' && onClose();
    document.addEventListener('fullscreenchange', onChange);
    document.addEventListener('keydown', onKey);
    return () => {
      document.removeEventListener('fullscreenchange', onChange);
      document.removeEventListener('keydown', onKey);
      if (document.fullscreenElement) void document.exitFullscreen().catch(() => undefined);
    };
  }, [onClose]);
  return (
    <section aria-label={t('wall.title')} className={classes('fixed inset-0 z-40 flex flex-col gap-[1.2vw] overflow-hidden bg-canvas p-[1.5vw]', isStale && 'opacity-45 grayscale')}>
      <h1 className="sr-only">{t('wall.title')}</h1>
      <div className="absolute end-2 top-2 opacity-60 hover:opacity-100 focus-within:opacity-100"><IconButton icon="x" size={32} label={t('wall.leaveScreen')} onClick={onClose} /></div>
      <div className="grid shrink-0 grid-cols-2 gap-[1.2vw] lg:grid-cols-4">
        <Tile label={t('wall.waiting')}>{sums.waiting}</Tile>
        <Tile label={t('wall.longest')} isBad={wall.queues.some((queue) => isLate(queue, now))}>{sums.longestSince === null ? '–' : clockWord(now - Date.parse(sums.longestSince))}</Tile>
        <Tile label={t('wall.kept')}>{sums.counted === 0 ? '–' : formatPercent(sums.inTime / sums.counted)}</Tile>
        <Tile label={t('wall.available')}>{`${sums.available}/${sums.there}`}</Tile>
      </div>
      <table className="w-full table-fixed text-[length:28px] leading-tight lg:text-[length:max(48px,2.6vw)]">
        <thead className="text-start text-[length:20px] text-ink-3 lg:text-[length:max(28px,1.6vw)]"><tr><th scope="col" className="w-2/5 text-start font-medium">{t('wall.queue')}</th><th scope="col" className="text-end font-medium">{t('wall.waiting')}</th><th scope="col" className="text-end font-medium">{t('wall.longest')}</th><th scope="col" className="text-end font-medium">{t('wall.kept')}</th></tr></thead>
        <tbody>
          {queues.slice(0, MOST).map((queue) => (
            <tr key={queue.queueId} className="border-t border-line">
              <th scope="row" className="truncate py-[0.7vw] text-start font-semibold" dir="auto">{queue.name}{!queue.isOpen && <span className="font-normal text-ink-3"> · {t('wall.closed')}</span>}</th>
              <td className="text-end font-bold tabular-nums">{queue.waiting + queue.offered}</td>
              <td className={classes('text-end tabular-nums', isLate(queue, now) && 'font-bold text-clay')}>{queue.longestSince === null ? '–' : <>{isLate(queue, now) && '⚑ '}{clockWord(now - Date.parse(queue.longestSince))}</>}</td>
              <td className="text-end tabular-nums">{queue.counted === 0 ? '–' : formatPercent(queue.inTime / queue.counted)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {queues.length > MOST && <p className="text-[length:max(20px,1.3vw)] text-ink-3">{t('wall.moreQueues', { count: queues.length - MOST })}</p>}
      {isStale && <p role="status" className="text-[length:max(28px,2.6vw)] font-bold">{t('wall.stale')}</p>}
    </section>
  );
}
