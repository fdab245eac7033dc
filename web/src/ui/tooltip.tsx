import { cloneElement, useEffect, useLayoutEffect, useRef, useState, type ReactElement } from 'react';
import { Keys } from './keys.tsx';

type Side = 'top' | 'bottom' | 'inline-start' | 'inline-end';

interface Props {
  text: string;
  keys?: string | undefined;
  side?: Side;
  /** One element that can take the focus or the pointer. */
  children: ReactElement<Record<string, unknown>>;
}

/**
 * A hint on hover and keyboard focus. It never holds what cannot be learned elsewhere: touch has no hover. The element only carries the words;
 * one layer for the whole window draws them, so that a tooltip costs nothing until it is seen.
 */
export const Tooltip = ({ text, keys, side = 'bottom', children }: Props) => cloneElement(children, { 'data-tip': text, 'data-tip-keys': keys, 'data-tip-side': side });

const DELAY_MS = 450;
/** After one tooltip the next comes at once for a moment: somebody is looking along a row of buttons. */
const WARM_MS = 400;
const GAP = 6;

function place(tip: HTMLElement, anchor: Element): void {
  const box = anchor.getBoundingClientRect();
  const own = tip.getBoundingClientRect();
  const isRtl = document.documentElement.dir === 'rtl';
  const wanted = ((anchor as HTMLElement).dataset['tipSide'] ?? 'bottom') as Side;
  const side = wanted === 'inline-start' ? (isRtl ? 'right' : 'left') : wanted === 'inline-end' ? (isRtl ? 'left' : 'right') : wanted;
  const isBeside = side === 'left' || side === 'right';
  let left = isBeside ? (side === 'right' ? box.right + GAP : box.left - own.width - GAP) : box.left + (box.width - own.width) / 2;
  let top = isBeside ? box.top + (box.height - own.height) / 2 : side === 'top' ? box.top - own.height - GAP : box.bottom + GAP;
  if (top + own.height > innerHeight - 4) top = box.top - own.height - GAP;
  if (top < 4) top = box.bottom + GAP;
  left = Math.max(4, Math.min(left, innerWidth - own.width - 4));
  tip.style.transform = `translate(${Math.round(left)}px, ${Math.round(top)}px)`;
}

/** Draws the tooltip of whatever is under the pointer or has the keyboard focus; once per window. Escape hides it. */
export function TooltipLayer() {
  const [anchor, setAnchor] = useState<HTMLElement>();
  const tip = useRef<HTMLDivElement>(null);

  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let current: HTMLElement | undefined;
    let shownUntil = 0;
    const show = (next: HTMLElement | undefined, delay: number) => {
      if (next === current) return;
      if (current) shownUntil = Date.now();
      current = next;
      clearTimeout(timer);
      if (!next) return setAnchor(undefined);
      timer = setTimeout(() => next.isConnected && setAnchor(next), Date.now() - shownUntil < WARM_MS ? 0 : delay);
    };
    const tipped = (target: EventTarget | null) => (target instanceof Element ? target.closest<HTMLElement>('[data-tip]') : null) ?? undefined;
    const onOver = (event: PointerEvent) => event.pointerType !== 'touch' && show(tipped(event.target), DELAY_MS);
    const onFocus = (event: FocusEvent) => {
      const next = tipped(event.target);
      if (next?.matches(':focus-visible')) show(next, DELAY_MS);
    };
    const hide = () => show(undefined, 0);
    const onKey = (event: KeyboardEvent) => event.key === 'Escape' && hide();
    document.addEventListener('pointerover', onOver);
    document.addEventListener('pointerdown', hide);
    document.addEventListener('pointerleave', hide);
    document.addEventListener('focusin', onFocus);
    document.addEventListener('focusout', hide);
    document.addEventListener('keydown', onKey);
    document.addEventListener('scroll', hide, { capture: true, passive: true });
    return () => {
      clearTimeout(timer);
      document.removeEventListener('pointerover', onOver);
      document.removeEventListener('pointerdown', hide);
      document.removeEventListener('pointerleave', hide);
      document.removeEventListener('focusin', onFocus);
      document.removeEventListener('focusout', hide);
      document.removeEventListener('keydown', onKey);
      document.removeEventListener('scroll', hide, { capture: true });
    };
  }, []);

  useLayoutEffect(() => {
    if (anchor && tip.current) place(tip.current, anchor);
  }, [anchor]);

  if (!anchor?.isConnected) return null;
  return (
    <div ref={tip} aria-hidden="true" className="pointer-events-none fixed top-0 left-0 z-60 flex max-w-80 animate-[appear_120ms_ease-out] items-center gap-2 rounded-md bg-ink px-2 py-1 text-xs text-surface shadow-float">
      {anchor.dataset['tip']}
      {anchor.dataset['tipKeys'] && <Keys keys={anchor.dataset['tipKeys']} tone="inverse" />}
    </div>
  );
}
