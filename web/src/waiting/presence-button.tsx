import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { ariaKeys, firstKeys } from '../commands/bindings.ts';
import { useCommand } from '../commands/registry.ts';
import { useConnection } from '../data/live.ts';
import { ownPresenceQuery, ownWorkQuery } from '../data/waiting.ts';
import { t } from '../i18n/index.ts';
import { classes } from '../ui/classes.ts';
import { iconButtonLook } from '../ui/icon-button.tsx';
import { Icon } from '../ui/icon.tsx';
import { Popover } from '../ui/popover.tsx';
import { useNow } from '../ui/use-now.ts';
import { useSetPresence, useTakeNext } from './deeds.ts';
import { PresencePanel } from './presence-panel.tsx';
import { clockWord, presenceLooks, presenceWord } from './words.ts';

// Without a socket the server hears of nobody for longer than a minute.
const SAY_AGAIN_MS = 40_000;

/** Drawn, not text: the name of the button would change every second. The panel behind it says it. */
function DrawnClock({ until, skewMs }: { until: string; skewMs: number }) {
  const left = Date.parse(until) - useNow(1000) - skewMs;
  return <span aria-hidden="true" data-clock={clockWord(left)} className="block text-[11px] leading-none font-semibold tabular-nums before:content-[attr(data-clock)]" />;
}

/** Whether this agent is there to work, for seeing and changing, with how much they have in hand. */
export function PresenceButton({ side }: { side: 'inline-end' | 'top' }) {
  const [isOpen, setOpen] = useState(false);
  const presence = useQuery(ownPresenceQuery).data;
  const work = useQuery(ownWorkQuery).data;
  const set = useSetPresence();
  const next = useTakeNext();
  const isPolling = useConnection() === 'polling';
  const { mutate: say } = set;
  const [state, reason] = [presence?.state, presence?.reason ?? null];
  useEffect(() => {
    if (!isPolling || (state !== 'available' && state !== 'away')) return undefined;
    const timer = setInterval(() => say({ state, ...(reason === null ? {} : { reason }) }), SAY_AGAIN_MS);
    return () => clearInterval(timer);
  }, [isPolling, say, state, reason]);
  const isWrappingUp = presence?.state === 'wrap_up';
  useCommand('presence.choose', presence ? () => setOpen(true) : undefined);
  useCommand('presence.available', presence && presence.state !== 'available' ? () => set.mutate({ state: 'available' }) : undefined);
  useCommand('presence.longer', isWrappingUp ? () => set.mutate({ state: 'wrap_up', seconds: 60 }) : undefined);
  useCommand('work.next', () => !next.isPending && next.mutate());
  if (!presence) return <span className="size-10" />;
  const look = presenceLooks[presence.state];
  const count = work?.items.length ?? 0;
  const label = [t('presence.mine', { state: presenceWord(presence) }), ...(count > 0 ? [t('work.count', { count })] : [])].join(', ');
  return (
    <Popover
      isOpen={isOpen} onOpenChange={setOpen} side={side} align="end" label={t('presence.title')}
      trigger={
        <button type="button" aria-label={label} aria-keyshortcuts={ariaKeys('presence.choose')} data-tip={label} data-tip-keys={firstKeys('presence.choose')} data-tip-side={side} className={classes(iconButtonLook, 'relative h-10 min-w-10 content-center', look.ink)}>
          <Icon name={look.icon} size={20} />
          {isWrappingUp && presence.until !== null && <DrawnClock until={presence.until} skewMs={work?.skewMs ?? 0} />}
          {count > 0 && <span aria-hidden="true" className="absolute end-0 top-0 grid h-4 min-w-4 place-items-center rounded-full bg-accent px-1 text-[10px] leading-none font-bold text-on-accent">{count}</span>}
        </button>
      }
    >
      <PresencePanel presence={presence} onChoose={set.mutate} onClose={() => setOpen(false)} />
    </Popover>
  );
}
