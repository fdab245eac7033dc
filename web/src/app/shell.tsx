import { Outlet, useLocation } from '@tanstack/react-router';
import { useEffect } from 'react';
import { startDrafts } from '../data/drafts.ts';
import { startLive } from '../data/live.ts';
import { startOutbox } from '../data/outbox.ts';
import { t } from '../i18n/index.ts';
import { useIsPhone } from '../ui/use-media.ts';
import { ConnectionBanner } from './connection-banner.tsx';
import { NavBar, NavRail } from './nav-rail.tsx';
import { Refusals } from './refusals.tsx';
import { ShellCommands } from './shell-commands.tsx';

/** The frame around every signed-in page: rooms at the edge, palette and cheat sheet above, one page inside. */
export function Shell() {
  const isPhone = useIsPhone();
  useEffect(() => {
    startOutbox();
    startDrafts();
    startLive();
  }, []);
  // Reading a case takes the whole phone; its own bar leads back.
  const isDeep = useLocation({ select: (location) => /^\/cases\/[^/]+\/./.test(location.pathname) });
  return (
    <div className="flex h-full flex-col">
      <a href="#main" className="sr-only focus:not-sr-only focus:absolute focus:z-50 focus:m-2 focus:rounded-md focus:bg-raised focus:px-3 focus:py-2 focus:shadow-float">{t('page.skip')}</a>
      <ConnectionBanner />
      <div className="flex min-h-0 grow">
        {!isPhone && <NavRail />}
        <main id="main" tabIndex={-1} className="flex min-w-0 grow outline-none"><Outlet /></main>
      </div>
      {isPhone && !isDeep && <NavBar />}
      <ShellCommands />
      <Refusals />
    </div>
  );
}
