import { useRef, useState, type KeyboardEvent, type PointerEvent } from 'react';
import { chooseListWidth, LIST_WIDTH, listWidth } from '../data/preferences.ts';
import { t } from '../i18n/index.ts';

const within = (rem: number) => Math.round(Math.min(LIST_WIDTH.most, Math.max(LIST_WIDTH.least, rem)) * 2) / 2;
const isRightToLeft = () => document.documentElement.dir === 'rtl';

/** The edge of the list, which can be moved. The width is kept on this device; a double click brings the usual one back. */
export function ListDivider() {
  const [width, setWidth] = useState(listWidth);
  const line = useRef<HTMLDivElement>(null);
  const settle = (rem: number) => {
    setWidth(rem);
    chooseListWidth(rem);
  };
  const onMove = (event: PointerEvent) => {
    const list = line.current?.parentElement;
    if (!list || !event.currentTarget.hasPointerCapture(event.pointerId)) return;
    const box = list.getBoundingClientRect();
    const rem = parseFloat(getComputedStyle(document.documentElement).fontSize);
    settle(within((isRightToLeft() ? box.right - event.clientX : event.clientX - box.left) / rem));
  };
  const onKey = (event: KeyboardEvent) => {
    const wider = isRightToLeft() ? 'ArrowLeft' : 'ArrowRight';
    const next = event.key === 'Home' ? LIST_WIDTH.least : event.key === 'End' ? LIST_WIDTH.most : event.key === 'ArrowLeft' || event.key === 'ArrowRight' ? within(width + (event.key === wider ? 1 : -1)) : undefined;
    if (next === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    settle(next);
  };
  return (
    <div
      ref={line} data-list-edge="" role="separator" tabIndex={0} aria-orientation="vertical" aria-label={t('list.width')} aria-valuenow={width} aria-valuemin={LIST_WIDTH.least} aria-valuemax={LIST_WIDTH.most}
      onKeyDown={onKey} onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)} onPointerMove={onMove} onDoubleClick={() => settle(LIST_WIDTH.usual)}
      className="absolute inset-y-0 -end-1 z-10 w-2 cursor-col-resize touch-none before:absolute before:inset-y-0 before:start-[3px] before:w-0.5 hover:before:bg-accent focus-visible:before:bg-accent max-md:hidden"
    />
  );
}
