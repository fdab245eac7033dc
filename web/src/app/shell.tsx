import { Outlet, useLocation } from '@tanstack/react-router';
import { Suspense, useEffect } from 'react';
import { lazyPart } from '../data/lazy-part.ts';
import { startDrafts } from '../data/drafts.ts';
import { startLive } from '../data/live.ts';
import { startOutbox } from '../data/outbox.ts';
import { can, useSession } from '../data/session.ts';
import { t, withPageWords } from '../i18n/index.ts';
import { useIsPhone } from '../ui/use-media.ts';
import { followWorker } from '../worker/follow-worker.ts';
import { AskForProof } from './ask-for-proof.tsx';
import { ConnectionBanner } from './connection-banner.tsx';
import { NavBar, NavRail } from './nav-rail.tsx';
import { ReleaseBanner } from './release-banner.tsx';
import { Refusals } from './refusals.tsx';
import { SecondFactorBanner } from './second-factor-banner.tsx';
import { ShellCommands } from './shell-commands.tsx';

const Notifier = lazyPart(async () => (await import('../notifications/notifier.tsx')).Notifier);
const OfferCard = lazyPart(async () => (await import('../waiting/offer-card.tsx')).OfferCard);
const PresenceNews = lazyPart(async () => (await import('../waiting/presence-news.tsx')).PresenceNews);
const HeldUpPage = lazyPart(async () => (await withPageWords(() => import('../account/held-up-page.tsx'))).HeldUpPage);

/** The frame around every signed-in page: rooms at the edge, palette and cheat sheet above, one page inside. */
export function Shell() {
  const isPhone = useIsPhone();
  const session = useSession();
  const isHeldUp = session.signIn?.isHeldUp ?? false;
  const canRead = can(session, 'case.read');
  const answers = can(session, 'case.reply');
  useEffect(() => {
    if (isHeldUp) return;
    startOutbox();
    startDrafts();
    startLive();
    followWorker();
  }, [isHeldUp]);
  // Reading a case takes the whole phone; its own bar leads back.
  const isDeep = useLocation({ select: (location) => /^\/cases\/[^/]+\/./.test(location.pathname) });
  if (isHeldUp) {
    return (
      <>
        <Suspense fallback={null}><HeldUpPage /></Suspense>
        <AskForProof />
      </>
    );
  }
  return (
    <div className="flex h-full flex-col">
      <a href="#main" className="sr-only focus:not-sr-only focus:absolute focus:z-50 focus:m-2 focus:rounded-md focus:bg-raised focus:px-3 focus:py-2 focus:shadow-float">{t('page.skip')}</a>
      <ConnectionBanner />
      <ReleaseBanner />
      <SecondFactorBanner />
      {answers && <Suspense fallback={null}><PresenceNews /></Suspense>}
      <div className="flex min-h-0 grow">
        {!isPhone && <NavRail />}
        <main id="main" tabIndex={-1} className="flex min-w-0 grow outline-none"><Outlet /></main>
      </div>
      {isPhone && !isDeep && <NavBar />}
      {canRead && <Suspense fallback={null}><Notifier /></Suspense>}
      {answers && <Suspense fallback={null}><OfferCard /></Suspense>}
      <ShellCommands />
      <AskForProof />
      <Refusals />
    </div>
  );
}
