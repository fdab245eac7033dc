import { useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';

const NEAR_PX = 32;

/**
 * Where a timeline stands. It opens at the first unread entry, else at the end, and stays there while pictures and frames find their
 * height, until the reader moves. At the end it follows what comes in; elsewhere it holds still and says that something is below.
 */
export function useTimelineScroll(firstId: string | undefined, lastId: string | undefined) {
  const scroller = useRef<HTMLDivElement>(null);
  const content = useRef<HTMLDivElement>(null);
  /** The unread mark, if there is one. */
  const mark = useRef<HTMLLIElement>(null);
  const mode = useRef<'mark' | 'end' | 'free'>('mark');
  const [isAtEnd, setAtEnd] = useState(true);

  const place = useCallback(() => {
    const box = scroller.current;
    if (!box || mode.current === 'free') return;
    if (mode.current === 'mark' && mark.current) box.scrollTop = mark.current.offsetTop - 8;
    else box.scrollTop = box.scrollHeight;
  }, []);

  useLayoutEffect(() => {
    place();
    const observer = new ResizeObserver(place);
    if (content.current) observer.observe(content.current);
    if (scroller.current) observer.observe(scroller.current);
    return () => observer.disconnect();
  }, [place]);

  useEffect(() => {
    const box = scroller.current;
    if (!box) return undefined;
    const free = () => {
      if (mode.current === 'mark') mode.current = 'free';
    };
    const onScroll = () => {
      const isNear = box.scrollHeight - box.scrollTop - box.clientHeight < NEAR_PX;
      setAtEnd(isNear);
      if (mode.current !== 'mark') mode.current = isNear ? 'end' : 'free';
    };
    const events = ['wheel', 'touchstart', 'pointerdown', 'keydown'] as const;
    for (const name of events) box.addEventListener(name, free, { passive: true });
    box.addEventListener('scroll', onScroll, { passive: true });
    return () => {
      for (const name of events) box.removeEventListener(name, free);
      box.removeEventListener('scroll', onScroll);
    };
  }, []);

  // Earlier entries are put above the eye: what is being read must stay where it is.
  const before = useRef<{ firstId: string; height: number; top: number }>(undefined);
  useLayoutEffect(() => {
    const box = scroller.current;
    if (!box || !firstId) return;
    const then = before.current;
    if (then && then.firstId !== firstId && mode.current !== 'end') box.scrollTop = then.top + box.scrollHeight - then.height;
    before.current = { firstId, height: box.scrollHeight, top: box.scrollTop };
  }, [firstId]);
  const rememberTop = useCallback(() => {
    const box = scroller.current;
    if (box && before.current) before.current = { ...before.current, height: box.scrollHeight, top: box.scrollTop };
  }, []);

  const toEnd = useCallback(() => {
    mode.current = 'end';
    const box = scroller.current;
    box?.scrollTo({ top: box.scrollHeight, behavior: 'smooth' });
  }, []);

  /** What the agent writes is to be seen, wherever the timeline stands. */
  const lastSeen = useRef(lastId);
  const [hasNews, setNews] = useState(false);
  useEffect(() => {
    if (lastId === lastSeen.current) return;
    lastSeen.current = lastId;
    if (mode.current !== 'end') setNews(true);
  }, [lastId]);
  useEffect(() => {
    if (isAtEnd) setNews(false);
  }, [isAtEnd]);

  return { scroller, content, mark, toEnd, rememberTop, hasNews: hasNews && !isAtEnd };
}
