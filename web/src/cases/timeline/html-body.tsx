import type { MessageEntry } from '@rapport/contract';
import { useEffect, useMemo, useRef, useState } from 'react';
import { t } from '../../i18n/index.ts';
import { useTheme } from '../../ui/appearance.ts';
import { Button } from '../../ui/button.tsx';
import { Icon } from '../../ui/icon.tsx';
import { frameDocument, hasOwnColours, type FrameLook } from './frame-document.ts';

function readLook(): FrameLook {
  const style = getComputedStyle(document.documentElement);
  const read = (name: string) => style.getPropertyValue(name).trim();
  return { ink: read('--ink'), quiet: read('--ink-3'), link: read('--accent'), line: read('--line-strong'), fold: read('--hover'), isDark: document.documentElement.dataset['theme'] === 'dark' };
}

/** Heights that frames have had, so that a timeline that is opened again does not grow before the reader's eyes. */
const heights = new Map<string, number>();

/** A guess from the amount of text, for the moment before the frame can be measured. */
const guessHeight = (entry: Pick<MessageEntry, 'text'>) => Math.min(600, 40 + entry.text.split('\n').reduce((sum, line) => sum + 21 * Math.max(1, Math.ceil(line.length / 75)), 0));

/** What of an entry a frame shows. */
export type Framed = Pick<MessageEntry, 'id' | 'caseId' | 'text' | 'html' | 'attachments' | 'mail' | 'hasRemoteContent' | 'author'>;

/** HTML that came in or was composed, in a frame that can run nothing and reach nobody, as high as what is in it. */
export function HtmlBody({ entry }: { entry: Framed }) {
  const theme = useTheme();
  const [withRemote, setWithRemote] = useState(false);
  const [height, setHeight] = useState(() => heights.get(entry.id) ?? guessHeight(entry));
  const frame = useRef<HTMLIFrameElement>(null);
  // oxlint-disable-next-line react-hooks/exhaustive-deps -- the theme decides what readLook finds
  const source = useMemo(() => frameDocument(entry, readLook(), withRemote, { quote: t('message.showQuoted'), signature: t('mail.showSignature') }), [entry.id, entry.html, withRemote, theme]);
  const isPaper = hasOwnColours(entry.html ?? '');

  useEffect(() => {
    const element = frame.current!;
    let observer: ResizeObserver | undefined;
    const onLoad = () => {
      const inside = element.contentDocument;
      if (!inside?.body) return;
      const measure = () => {
        // A mail laid out for a wider window is shown smaller, as on a phone, rather than cut off.
        const room = inside.documentElement.clientWidth;
        inside.body.style.zoom = '1';
        const wanted = inside.documentElement.scrollWidth;
        if (wanted > room + 1) inside.body.style.zoom = String(Math.max(0.55, room / wanted));
        const next = Math.ceil(inside.body.getBoundingClientRect().height);
        heights.set(entry.id, next);
        setHeight(next);
      };
      observer?.disconnect();
      observer = new ResizeObserver(measure);
      observer.observe(inside.body);
      measure();
      // The frame swallows keys while it has the focus; shortcuts should work there as everywhere.
      inside.addEventListener('keydown', (event) => {
        const copy = new KeyboardEvent('keydown', { key: event.key, code: event.code, ctrlKey: event.ctrlKey, metaKey: event.metaKey, altKey: event.altKey, shiftKey: event.shiftKey, bubbles: true, cancelable: true });
        if (!element.dispatchEvent(copy)) event.preventDefault();
      });
    };
    element.addEventListener('load', onLoad);
    if (element.contentDocument?.readyState === 'complete') onLoad();
    return () => {
      element.removeEventListener('load', onLoad);
      observer?.disconnect();
    };
  }, [entry.id, source]);

  return (
    <>
      {entry.hasRemoteContent && !withRemote && (
        <div className="mb-3 flex items-center gap-2.5 rounded-md bg-hover py-1 ps-2.5 pe-1 text-sm text-ink-2">
          <Icon name="image-off" size={14} />
          <span className="grow">{t('message.remoteBlocked')}</span>
          <Button size="sm" className="shrink-0" onClick={() => setWithRemote(true)}>{t('message.loadRemote')}</Button>
        </div>
      )}
      <iframe
        ref={frame} title={t('message.frame', { name: entry.author.name })} srcDoc={source} sandbox="allow-same-origin allow-popups allow-popups-to-escape-sandbox" referrerPolicy="no-referrer"
        style={{ height }} className={isPaper ? 'block w-full rounded-md border border-line' : 'block w-full max-w-[72ch]'}
      />
    </>
  );
}
