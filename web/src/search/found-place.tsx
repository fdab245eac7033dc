import type { Entry } from '@rapport/contract';
import { parseQuery } from '@rapport/contract/search-language';
import { wordsInPlace } from '@rapport/contract/text-words';
import { useEffect, useRef } from 'react';
import { loadEarlier } from '../data/cases.ts';

/** So many pages are fetched on the way back to an entry; further away it is read by scrolling. */
const MOST_PAGES = 40;
// One look in both themes, and in mails, which know nothing of ours: the marker of a felt pen.
const STYLE = '::highlight(found) { background-color: #ffe08a; color: #3d2c00; } [data-found] { border-radius: 12px; outline: 2px solid var(--honey-line); outline-offset: 4px; }';

/** What a query marks in a text: each word or phrase that must occur; the last word may be the beginning of one. */
function wanted(find: string): { words: string[]; isPrefix: boolean }[] {
  return parseQuery(find).parts
    .filter((part) => part.filter === undefined && !part.isNot)
    .map((part) => ({ words: wordsInPlace(part.value).map(({ word }) => word), isPrefix: part.kind === 'word' && part.end === find.length }))
    .filter(({ words }) => words.length > 0);
}

function rangesIn(root: Node, terms: ReturnType<typeof wanted>): Range[] {
  const document = root.ownerDocument ?? (root as Document);
  const ranges: Range[] = [];
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node && ranges.length < 500; node = walker.nextNode()) {
    const placed = wordsInPlace(node.nodeValue ?? '');
    for (let i = 0; i < placed.length; i += 1) {
      for (const { words, isPrefix } of terms) {
        const fits = words.every((word, k) => (isPrefix && k === words.length - 1 ? placed[i + k]?.word.startsWith(word) : placed[i + k]?.word === word));
        const [from, to] = [placed[i], placed[i + words.length - 1]];
        if (!fits || !from || !to) continue;
        const range = document.createRange();
        range.setStart(node, from.start);
        range.setEnd(node, to.end);
        ranges.push(range);
      }
    }
  }
  return ranges;
}

type Marking = Window & { Highlight?: typeof Highlight; CSS?: typeof CSS; CSSStyleSheet: typeof CSSStyleSheet };

/** Marks ranges without touching the document: the text stays as it is, and so does what React made. Where the browser cannot, the entry is only framed. */
function mark(view: Marking | null, ranges: Range[]): void {
  if (!view?.Highlight || !view.CSS?.highlights) return;
  const { document } = view;
  if (!document.adoptedStyleSheets.some((sheet) => sheet.cssRules[0]?.cssText.startsWith('::highlight(found)'))) {
    const sheet = new view.CSSStyleSheet();
    sheet.replaceSync(STYLE);
    document.adoptedStyleSheets.push(sheet);
  }
  if (ranges.length > 0) view.CSS.highlights.set('found', new view.Highlight(...ranges));
  else view.CSS.highlights.delete('found');
}

interface Props {
  caseId: string;
  items: readonly Entry[];
  hasEarlier: boolean;
  entryId: string;
  /** What was searched for. */
  find: string;
}

/** Brings the entry that a search found onto the timeline, frames it and marks the words in it. Shows nothing itself. */
export default function FoundPlace({ caseId, items, hasEarlier, entryId, find }: Props) {
  const pages = useRef(0);
  const isThere = items.some((entry) => entry.id === entryId);
  const firstId = items[0]?.id;
  useEffect(() => {
    if (isThere || !hasEarlier || pages.current >= MOST_PAGES) return;
    pages.current += 1;
    // What cannot be fetched now is fetched by scrolling.
    loadEarlier(caseId).catch(() => undefined);
  }, [caseId, firstId, hasEarlier, isThere]);

  useEffect(() => {
    const place = isThere ? document.querySelector<HTMLElement>(`[data-entry="${CSS.escape(entryId)}"]`) : null;
    if (!place) return undefined;
    const terms = wanted(find);
    const views = new Set<Marking>([window as Marking]);
    const show = () => {
      mark(window as Marking, rangesIn(place, terms));
      for (const frame of place.querySelectorAll('iframe')) {
        const inside = frame.contentDocument;
        if (!inside?.body || !frame.contentWindow) continue;
        views.add(frame.contentWindow as Marking);
        mark(frame.contentWindow as Marking, rangesIn(inside.body, terms));
      }
    };
    place.dataset['found'] = '';
    show();
    // A mail in a frame comes a moment later; loading is told to no parent, but can be caught on the way down.
    place.addEventListener('load', show, true);
    return () => {
      place.removeEventListener('load', show, true);
      delete place.dataset['found'];
      for (const view of views) mark(view, []);
    };
  }, [entryId, find, isThere]);
  return null;
}
