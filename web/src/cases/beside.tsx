import { useNavigate } from '@tanstack/react-router';
import { useRef, useState, type ReactNode, type KeyboardEvent, type PointerEvent } from 'react';
import { ActivePart } from '../commands/active-part.ts';
import { useCommand } from '../commands/registry.ts';
import { isProblem } from '../data/client.ts';
import { explain } from '../data/explain.ts';
import { besideShare, chooseBesideShare } from '../data/preferences.ts';
import type { ViewId } from '../data/views.ts';
import { t } from '../i18n/index.ts';
import { Button } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { IconButton } from '../ui/icon-button.tsx';
import { CasePane, PaneSkeleton } from './open-case.tsx';
import { AreTwo, BesidePane, type GoTo } from './pane.ts';
import { useOpenCase } from './use-open-case.ts';

const LEAST = 30;
const MOST = 70;
const within = (share: number) => Math.min(MOST, Math.max(LEAST, share));

function Second({ number, view, onClose, onSwap, goTo }: { number: number; view: ViewId; onClose: () => void; onSwap: () => void; goTo: GoTo }) {
  const open = useOpenCase(number);
  const navigate = useNavigate();
  useCommand('case.back', onClose);
  const customerId = open.row?.customer.id;
  return (
    <BesidePane value={goTo}>
      <div className="flex h-9 shrink-0 items-center gap-1 border-b border-line bg-canvas ps-4 pe-2 text-sm text-ink-3">
        <span className="min-w-0 grow truncate">{t('beside.title')}</span>
        <IconButton icon="arrow-left-right" size={28} label={t('beside.swap')} onClick={onSwap} />
        <IconButton icon="x" size={28} label={t('beside.close')} onClick={onClose} />
      </div>
      <div className="flex min-h-0 grow">
        {open.error
          ? <EmptyState icon={isProblem(open.error, 'not_found', 'not_allowed') ? 'search-x' : 'cloud-off'} title={t(isProblem(open.error, 'not_found', 'not_allowed') ? 'desk.notFound' : 'list.failed')} action={<Button onClick={onClose}>{t('beside.close')}</Button>}>{explain(open.error)}</EmptyState>
          : open.row ? <CasePane row={open.row} view={view} onContext={() => void navigate({ to: '/customers/$customerId', params: { customerId: customerId! } })} isContextShown={false} /> : <PaneSkeleton />}
      </div>
    </BesidePane>
  );
}

interface Props {
  /** The open case, drawn by the desk. */
  children: ReactNode;
  /** Its number, and that of the case beside it. */
  number: number;
  beside: number;
  view: ViewId;
}

/** Two cases side by side. Keys, the palette and what colleagues see of this agent belong to the one that is being worked in. */
export function Beside({ children, number, beside, view }: Props) {
  const navigate = useNavigate();
  const [active, setActive] = useState<'first' | 'second'>('first');
  const [share, setShare] = useState(() => within(besideShare()));
  const frame = useRef<HTMLDivElement>(null);
  const goTo: GoTo = (target, { isReplacing: replace } = { isReplacing: false }) => void navigate({ replace, to: '/cases/$view/$number', params: { view, number: String(number) }, search: { beside: target?.number } });
  const close = () => goTo(undefined);
  const swap = () => void navigate({ to: '/cases/$view/$number', params: { view, number: String(beside) }, search: { beside: number } });
  const part = (name: 'first' | 'second') => frame.current?.querySelector<HTMLElement>(`[data-part=${name}] section`);
  useCommand('case.beside', close);
  useCommand('case.otherPane', () => {
    const other = active === 'first' ? 'second' : 'first';
    setActive(other);
    part(other)?.focus();
  });

  const settle = (next: number) => {
    setShare(next);
    chooseBesideShare(next);
  };
  const isRightToLeft = () => document.documentElement.dir === 'rtl';
  const shareAt = (event: PointerEvent) => {
    const box = frame.current!.getBoundingClientRect();
    const part = (event.clientX - box.left) / box.width;
    return within(Math.round((isRightToLeft() ? 1 - part : part) * 100));
  };
  const onKey = (event: KeyboardEvent) => {
    const further = isRightToLeft() ? 'ArrowLeft' : 'ArrowRight';
    const next = event.key === 'Home' ? LEAST : event.key === 'End' ? MOST : event.key === 'ArrowLeft' || event.key === 'ArrowRight' ? within(share + (event.key === further ? 2 : -2)) : undefined;
    if (next === undefined) return;
    event.preventDefault();
    settle(next);
  };
  const look = (name: 'first' | 'second') => `flex min-w-0 flex-col border-t-2 ${active === name ? 'border-accent' : 'border-transparent'}`;
  return (
    <AreTwo value>
      <div ref={frame} className="flex min-w-0 grow items-stretch">
        <div data-part="first" style={{ flexBasis: `${share}%` }} className={look('first')} onPointerDownCapture={() => setActive('first')} onFocusCapture={() => setActive('first')}>
          <ActivePart value={active === 'first'}>{children}</ActivePart>
        </div>
        <div
          role="separator" tabIndex={0} aria-orientation="vertical" aria-label={t('beside.divider')} aria-valuenow={share} aria-valuemin={LEAST} aria-valuemax={MOST} onKeyDown={onKey}
          onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
          onPointerMove={(event) => event.currentTarget.hasPointerCapture(event.pointerId) && setShare(shareAt(event))}
          onPointerUp={(event) => settle(shareAt(event))}
          className="relative z-10 -mx-1 w-2 shrink-0 cursor-col-resize touch-none before:absolute before:inset-y-0 before:start-[3.5px] before:w-px before:bg-line-strong hover:before:bg-accent focus-visible:before:bg-accent"
        />
        <div data-part="second" style={{ flexBasis: `${100 - share}%` }} className={look('second')} onPointerDownCapture={() => setActive('second')} onFocusCapture={() => setActive('second')}>
          <ActivePart value={active === 'second'}><Second key={beside} number={beside} view={view} onClose={close} onSwap={swap} goTo={goTo} /></ActivePart>
        </div>
      </div>
    </AreTwo>
  );
}
