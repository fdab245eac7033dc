import type { OwnPresence } from '@rapport/contract';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { ariaKeys, firstKeys } from '../commands/bindings.ts';
import { useSession } from '../data/session.ts';
import { ownPresenceQuery } from '../data/waiting.ts';
import { t } from '../i18n/index.ts';
import { Banner } from '../ui/banner.tsx';
import { Button } from '../ui/button.tsx';
import { IconButton } from '../ui/icon-button.tsx';
import { Keys } from '../ui/keys.tsx';
import { showToast } from '../ui/toast.ts';
import { useSetPresence } from './deeds.ts';
import { presenceLooks, presenceWord } from './words.ts';

/** Whoever was lost longer ago has gone home since. */
const FRESH_MS = 30 * 60_000;

const isMissed = ({ state, cause }: OwnPresence) => state === 'away' && cause === 'no_answer';
const isLost = ({ state, cause, since }: OwnPresence) => state === 'offline' && cause === 'connection_lost' && since !== null && Date.parse(since) > Date.now() - FRESH_MS;

/** Says why an agent is no longer what they chose, with the way back; and, once, who else chose something for them. */
export function PresenceNews() {
  const me = useSession().agent;
  const presence = useQuery(ownPresenceQuery).data;
  const set = useSetPresence();
  const before = useRef<OwnPresence>(undefined);
  const [dismissed, setDismissed] = useState<string>();
  useEffect(() => {
    const last = before.current;
    before.current = presence;
    if (!presence || !last || (last.state === presence.state && last.reason === presence.reason)) return;
    if (presence.cause === 'chosen' && presence.byName !== null && presence.byName !== me.name) showToast(t('presence.setBy', { name: presence.byName, state: presenceWord(presence) }), { icon: presenceLooks[presence.state].icon, ms: 12_000 });
  }, [presence, me.name]);
  if (!presence || dismissed === presence.since || !(isMissed(presence) || isLost(presence))) return null;
  const keys = firstKeys('presence.available');
  return (
    <Banner tone="attention" icon={presenceLooks[presence.state].icon} className="justify-center border-b border-honey-line">
      <span className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <span>{t(isMissed(presence) ? 'presence.missed' : 'presence.lost')}</span>
        <Button size="sm" isBusy={set.isPending} aria-keyshortcuts={ariaKeys('presence.available')} onClick={() => set.mutate({ state: 'available' })}>{t('presence.again')}{keys && <span className="max-md:hidden"><Keys keys={keys} /></span>}</Button>
        <IconButton icon="x" size={24} label={t('ui.dismiss')} onClick={() => setDismissed(presence.since ?? undefined)} />
      </span>
    </Banner>
  );
}
