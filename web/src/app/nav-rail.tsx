import type { Permission } from '@rapport/contract';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { Suspense } from 'react';
import { lazyPart } from '../data/lazy-part.ts';
import { CommandButton } from '../commands/command-button.tsx';
import { runCommand } from '../commands/registry.ts';
import { isTryingOut } from '../data/first-run.ts';
import { inboxesQuery } from '../data/people.ts';
import { can, useSession } from '../data/session.ts';
import { t, type PlainMessageId } from '../i18n/index.ts';
import { Avatar } from '../ui/avatar.tsx';
import { chooseTheme, isDarkNow, useTheme } from '../ui/appearance.ts';
import { classes } from '../ui/classes.ts';
import { IconButton } from '../ui/icon-button.tsx';
import type { IconName } from '../ui/icon-names.ts';
import { Icon } from '../ui/icon.tsx';
import { Menu } from '../ui/menu.tsx';
import { Tooltip } from '../ui/tooltip.tsx';
import { useOtherPlaces } from './use-other-places.ts';

const LazyPresence = lazyPart(async () => (await import('../waiting/presence-button.tsx')).PresenceButton);
const LazyBell = lazyPart(async () => (await import('../notifications/bell.tsx')).Bell);

export interface Place {
  to: string;
  icon: IconName;
  message: PlainMessageId;
  /** Shown to those who hold any of these; to everybody when there are none. */
  needs?: readonly Permission[];
  /** Only while an inbox sends into the built-in mailbox, and only where there is room. */
  isTrial?: true;
  /** On a phone it stands in the menu of the account: the foot has room for few. */
  isInMenu?: true;
}

/** The rooms of the workspace in the order of the rail. A new room adds a line. */
export const places: readonly Place[] = [
  { to: '/cases', icon: 'inbox', message: 'place.cases', needs: ['case.read'] },
  { to: '/customers', icon: 'users', message: 'place.customers', needs: ['customer.read'] },
  { to: '/search', icon: 'search', message: 'place.search', needs: ['case.read'] },
  { to: '/wall', icon: 'monitor', message: 'place.wall', needs: ['wall.read'], isInMenu: true },
  { to: '/reports', icon: 'table', message: 'place.insights', needs: ['report.read'], isInMenu: true },
  { to: '/ledger', icon: 'scroll-text', message: 'place.ledger', needs: ['ledger.read'], isInMenu: true },
  { to: '/mailbox', icon: 'mailbox', message: 'settings.mailbox', needs: ['account.manage'], isTrial: true },
  { to: '/admin', icon: 'settings', message: 'place.admin', needs: ['inbox.manage', 'agent.manage', 'account.manage', 'apikey.manage', 'audit.read', 'queue.manage'], isInMenu: true },
];

export function usePlaces(): readonly Place[] {
  const session = useSession();
  const inboxes = useQuery({ ...inboxesQuery, enabled: can(session, 'account.manage') }).data;
  const isTrial = inboxes?.some((inbox) => (inbox.settings['outbound'] as { kind?: string } | undefined)?.kind === 'mailbox') ?? false;
  return places.filter((place) => (isTrial || !place.isTrial) && (!place.needs || place.needs.some((permission) => can(session, permission))));
}

function ThemeButton() {
  useTheme();
  const isDark = isDarkNow();
  return <IconButton icon={isDark ? 'sun' : 'moon'} size={40} side="inline-end" label={t(isDark ? 'theme.toLight' : 'theme.toDark')} onClick={() => chooseTheme(isDark ? 'light' : 'dark')} />;
}

export function AccountMenu({ size = 32, side = 'inline-end', rooms = [] }: { size?: number; side?: 'top' | 'bottom' | 'inline-end'; rooms?: readonly Place[] }) {
  const { agent, account } = useSession();
  const navigate = useNavigate();
  const go = (to: string) => void navigate({ to });
  const otherPlaces = useOtherPlaces();
  return (
    <Menu
      side={side} align="end"
      trigger={<button type="button" aria-label={t('account.menu', { name: agent.name })} className="grid size-10 max-w-full place-items-center rounded-full"><Avatar name={agent.name} size={size} /></button>}
      header={
        <div className="px-2 py-1.5">
          <p className="font-semibold">{agent.name}</p>
          <p className="text-sm text-ink-3">{agent.roleName} · {account.name}</p>
        </div>
      }
      groups={[
        ...(rooms.length > 0 ? [rooms.map((place) => ({ id: place.to, label: t(place.message), icon: place.icon, run: () => go(place.to) }))] : []),
        [
          { id: 'account', label: t('account.settings'), icon: 'circle-user-round', run: () => go('/account') },
          { id: 'keys', label: t('command.keys'), icon: 'keyboard', keys: '?', run: () => runCommand('app.keys') },
        ],
        ...(otherPlaces.length > 0 ? [otherPlaces.map((place) => ({ ...place, icon: 'building-2' as const }))] : []),
        [{ id: 'out', label: t('command.signOut'), icon: 'log-out', run: () => runCommand('app.signOut') }],
      ]}
    />
  );
}

/** Loaded after the page it stands beside. */
function Bell({ side }: { side: 'inline-end' | 'top' }) {
  return can(useSession(), 'case.read') ? <Suspense fallback={<span className="size-10" />}><LazyBell side={side} /></Suspense> : null;
}

/** Whether one is there to work: for those who answer customers. */
function Presence({ side }: { side: 'inline-end' | 'top' }) {
  return can(useSession(), 'case.reply') ? <Suspense fallback={<span className="size-10" />}><LazyPresence side={side} /></Suspense> : null;
}

/** The rooms of the workspace, at the edge of the window. */
export function NavRail() {
  const shown = usePlaces();
  return (
    <nav aria-label={t('place.all')} className="flex w-14 shrink-0 flex-col items-center gap-1 border-e border-line bg-rail py-2.5">
      <Link to="/" aria-label="Rapport" className="mb-2 grid size-9 place-items-center rounded-md bg-accent text-on-accent">
        <span aria-hidden="true" className="text-md font-bold">R</span>
      </Link>
      {shown.map((place) => (
        <Tooltip key={place.to} text={t(place.message)} side="inline-end">
          <Link
            to={place.to} aria-label={t(place.message)}
            activeProps={{ 'aria-current': 'page', className: 'bg-surface text-accent shadow-lift' }} inactiveProps={{ className: 'text-ink-2 hover:bg-hover hover:text-ink' }}
            className={classes('grid size-10 place-items-center rounded-md transition-colors duration-120')}
          >
            <Icon name={place.icon} size={20} />
          </Link>
        </Tooltip>
      ))}
      <span className="grow" />
      {isTryingOut() && (
        <Tooltip text={t('firstRun.backHere')} side="inline-end">
          <Link to="/first-run" aria-label={t('firstRun.backHere')} className="relative grid size-10 place-items-center rounded-md bg-accent-soft text-accent"><Icon name="list-checks" size={20} /></Link>
        </Tooltip>
      )}
      <Presence side="inline-end" />
      <Bell side="inline-end" />
      <CommandButton command="app.keys" size={40} side="inline-end" />
      <ThemeButton />
      <AccountMenu />
    </nav>
  );
}

/** The same rooms along the foot of a phone. */
export function NavBar() {
  const session = useSession();
  const shown = usePlaces().filter((place) => !place.isTrial);
  const rooms = shown.filter((place) => place.isInMenu);
  return (
    <nav aria-label={t('place.all')} className="flex h-14 shrink-0 items-stretch justify-around border-t border-line bg-rail pb-[env(safe-area-inset-bottom)]">
      {shown.filter((place) => !place.isInMenu).map((place) => (
        <Link key={place.to} to={place.to} activeProps={{ 'aria-current': 'page', className: 'text-accent' }} inactiveProps={{ className: 'text-ink-2' }} className="flex max-w-24 min-w-0 grow basis-0 flex-col items-center justify-center gap-0.5 text-xs font-medium large-text:basis-auto large-text:text-[0.6rem]">
          <Icon name={place.icon} size={20} />
          {/* With text twice as large six rooms leave no place for their names. */}
          <span className="max-w-full truncate large-text:sr-only">{t(place.message)}</span>
        </Link>
      ))}
      {isTryingOut() && <Link to="/first-run" className="flex max-w-24 min-w-0 grow basis-0 flex-col items-center justify-center gap-0.5 text-xs font-medium text-accent large-text:basis-auto large-text:text-[0.6rem]"><Icon name="list-checks" size={20} /><span className="max-w-full truncate">{t('firstRun.backHere')}</span></Link>}
      {can(session, 'case.reply') && <span className="grid max-w-24 min-w-0 grow grid-cols-1 basis-0 place-items-center large-text:shrink-0 large-text:basis-auto"><Presence side="top" /></span>}
      <span className="grid max-w-24 min-w-0 grow grid-cols-1 basis-0 place-items-center large-text:shrink-0 large-text:basis-auto"><Bell side="top" /></span>
      <span className="grid max-w-24 min-w-0 grow grid-cols-1 basis-0 place-items-center large-text:shrink-0 large-text:basis-auto"><AccountMenu size={28} side="top" rooms={rooms} /></span>
    </nav>
  );
}
