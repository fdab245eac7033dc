import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { notificationSettingsQuery, notificationsQuery } from '../data/notifications.ts';
import { client } from '../data/client.ts';
import { queryClient } from '../data/query-client.ts';
import { alertTo, closeRead } from './alert.ts';
import { unlockSound } from './sound.ts';

/** Puts the number of unread notifications before the title of the tab, whoever writes it. */
function keepTitle(unread: number): () => void {
  const mark = unread > 0 ? `[${unread > 99 ? '99+' : unread}] ` : '';
  const write = () => {
    const wanted = mark + document.title.replace(/^\[\d+\+?\] /, '');
    if (document.title !== wanted) document.title = wanted;
  };
  write();
  const observer = new MutationObserver(write);
  observer.observe(document.head, { childList: true, subtree: true, characterData: true });
  return () => observer.disconnect();
}

/** Watches the list for as long as somebody is signed in, and speaks up for what is new. Draws nothing. */
export function Notifier() {
  const navigate = useNavigate();
  const pages = useInfiniteQuery(notificationsQuery).data?.pages;
  const settings = useQuery(notificationSettingsQuery).data;
  const known = useRef<Set<string>>(undefined);
  const items = pages?.[0]?.items;
  const unread = pages?.[0]?.unread ?? 0;

  useEffect(unlockSound, []);
  useEffect(() => keepTitle(unread), [unread]);
  useEffect(() => {
    // Quiet hours are the agent's own: the first browser says where its clock stands.
    if (!settings || settings.timeZone !== null) return;
    const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
    void client.notifications.saveSettings({ body: { choices: settings.choices, timeZone } }).then((saved) => queryClient.setQueryData(notificationSettingsQuery.queryKey, saved), () => undefined);
  }, [settings]);
  useEffect(() => {
    if (!items) return;
    const before = known.current;
    known.current = new Set(items.map((told) => told.id));
    void closeRead(items.filter((told) => told.isUnread));
    // What was there when the page was opened is in the list; only what comes then is news.
    if (!before) return;
    for (const told of items) {
      if (before.has(told.id) || !told.isUnread || (!told.isShown && !told.isSounded)) continue;
      void alertTo(told, ({ number }) => void navigate({ to: '/cases/$view/$number', params: { view: 'open', number: String(number) } }));
    }
  }, [items, navigate]);
  return null;
}
