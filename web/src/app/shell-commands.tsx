import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Suspense, useEffect, useState } from 'react';
import { lazyPart, prefetchPart } from '../data/lazy-part.ts';
import { macrosQuery } from '../automation/queries.ts';
import { wantMacro } from '../automation/wanted-macro.ts';
import type { CommandId } from '../commands/catalogue.ts';
import { listenForKeys } from '../commands/listen.ts';
import { runCommand, useCommand, offeredCommands } from '../commands/registry.ts';
import { explain } from '../data/explain.ts';
import { teamsQuery } from '../data/people.ts';
import { queryClient } from '../data/query-client.ts';
import { savedSearchesQuery } from '../data/saved-searches.ts';
import { useCan } from '../data/session.ts';
import { signOut, wayOut } from '../data/sign-out.ts';
import { viewsQuery } from '../data/view-queries.ts';
import { t } from '../i18n/index.ts';
import { chooseDensity, chooseTheme, isDarkNow, readDensity } from '../ui/appearance.ts';
import { dismissToast, showTrouble, undoableToast } from '../ui/toast.ts';
import { usePlaces } from './nav-rail.tsx';
import { useOtherPlaces } from './use-other-places.ts';

const loadPalette = () => import('../commands/palette.tsx');
const Palette = lazyPart(async () => (await loadPalette()).default);
const KeySheet = lazyPart(async () => (await import('../commands/key-sheet.tsx')).KeySheet);

// Those used most come first; the others are found in the list the composer opens.
const MOST_MACROS = 100;

/** Commands that work on every page, and the palette and cheat sheet that show them. */
export function ShellCommands() {
  const navigate = useNavigate();
  const places = usePlaces();
  const may = (to: string) => places.some((place) => place.to === to);
  const canSeePeople = useCan('agent.read');
  const [open, setOpen] = useState<'palette' | 'number' | 'keys'>();
  const [atOpening, setAtOpening] = useState<CommandId[]>([]);
  const teams = useQuery({ ...teamsQuery, enabled: open === 'palette' && canSeePeople }).data ?? [];
  const views = useQuery({ ...viewsQuery, enabled: open === 'palette' && may('/cases') }).data ?? [];
  const saved = useQuery({ ...savedSearchesQuery, enabled: open === 'palette' && may('/search') }).data ?? [];
  const canUseMacros = atOpening.includes('write.macro');
  const macros = useQuery({ ...macrosQuery, enabled: open === 'palette' && canUseMacros }).data ?? [];
  const otherPlaces = useOtherPlaces();
  const close = () => setOpen(undefined);
  const go = (to: string) => () => void navigate({ to });

  useEffect(listenForKeys, []);
  useEffect(() => {
    // Fetched before the first Ctrl+K, which shall not be the slow one, but not before what the page itself waits for: on a slow line the browser is idle all the while.
    const timer = setInterval(() => {
      if (queryClient.isFetching() > 0) return;
      clearInterval(timer);
      prefetchPart(loadPalette);
    }, 500);
    return () => clearInterval(timer);
  }, []);

  const openPalette = (as: 'palette' | 'number') => () => {
    setAtOpening(offeredCommands());
    setOpen(as);
  };
  useCommand('app.palette', openPalette('palette'));
  useCommand('go.case', may('/cases') ? openPalette('number') : undefined);
  useCommand('app.keys', () => setOpen('keys'));
  useCommand('app.search', may('/search') ? go('/search') : undefined);
  useCommand('app.undo', () => {
    const toast = undoableToast();
    if (!toast) return;
    dismissToast(toast.id);
    toast.action!.run();
  });
  useCommand('app.signOut', () => {
    // A whole new page: nothing that was loaded for this person stays in memory.
    wayOut().then(async (way) => ((await signOut()) === 'done' ? location.assign(way) : showTrouble(t('signOut.waiting')))).catch((error: unknown) => showTrouble(explain(error)));
  });
  const view = (id: string) => (may('/cases') ? go(`/cases/${id}`) : undefined);
  useCommand('go.mine', view('mine'));
  useCommand('go.unassigned', view('unassigned'));
  useCommand('go.open', view('open'));
  useCommand('go.pending', view('pending'));
  useCommand('go.onHold', view('on_hold'));
  useCommand('go.snoozed', view('snoozed'));
  useCommand('go.resolved', view('resolved'));
  useCommand('go.mentions', may('/cases') ? go('/mentions') : undefined);
  useCommand('go.ledger', may('/ledger') ? go('/ledger') : undefined);
  useCommand('go.wall', may('/wall') ? go('/wall') : undefined);
  useCommand('go.settings', may('/admin') ? go('/admin') : undefined);
  useCommand('go.account', go('/account'));
  useCommand('view.theme', () => chooseTheme(isDarkNow() ? 'light' : 'dark'));
  useCommand('view.density', () => chooseDensity(({ compact: 'cosy', cosy: 'roomy', roomy: 'compact' } as const)[readDensity()]));

  return (
    <>
      <Suspense fallback={null}>
        {open === 'keys' && <KeySheet isOpen onClose={close} />}
        {(open === 'palette' || open === 'number') && (
          <Palette
            isOpen begin={open === 'number' ? '#' : ''} onClose={close} commands={atOpening}
            targets={[
              ...places.map((place) => ({ id: place.to, label: t(place.message), group: t('place.all'), icon: place.icon, run: go(place.to) })),
              ...otherPlaces.map((place) => ({ ...place, group: t('places.title'), icon: 'building-2' as const })),
              ...views.map((view) => ({ id: view.id, label: `${view.icon} ${view.name}`.trim(), group: t('views.title'), icon: 'list-filter' as const, run: go(`/cases/view-${view.id}`) })),
              ...(canUseMacros ? macros : []).slice(0, MOST_MACROS).map((macro) => ({ id: macro.id, label: macro.name, group: t('macro.use'), icon: macro.hasActions ? 'zap' as const : 'message-square-text' as const, run: () => { wantMacro(macro.id); runCommand('write.macro'); } })),
              ...teams.map((team) => ({ id: team.id, label: team.name, group: t('view.teams'), icon: 'users' as const, run: go(`/cases/team-${team.id}`) })),
              ...saved.map((one) => ({ id: one.id, label: one.name, group: t('search.saved'), icon: 'search' as const, run: () => void navigate({ to: '/search' as string, search: { q: one.q } as never }) })),
            ]}
            onSearch={(words) => void navigate({ to: '/search' as string, search: { q: words } as never })}
            onCaseNumber={(number) => void navigate({ to: `/cases/open/${number}` as string })}
          />
        )}
      </Suspense>
    </>
  );
}
