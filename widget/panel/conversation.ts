import type { ChatMessage } from '@rapport/contract';
import { openLink, type Link } from './link.ts';
import { openOutbox, randomId, type Introduction, type Unsent } from './outbox.ts';

export interface Conversation {
  messages: readonly ChatMessage[];
  unsent: readonly Unsent[];
  isUp: boolean;
  /** Whether this browser has begun to write at some time. */
  isKnown: boolean;
  isBusy: boolean;
}

const RETRY_MS = 3_000;

/** The visitor's conversation, kept in step with the desk; `draw` is called whenever it has changed. */
export function openConversation(site: string, locale: string, draw: (now: Conversation) => void) {
  const outbox = openOutbox(site);
  const api = `/api/v1/chat/${site}`;
  let messages: readonly ChatMessage[] = [];
  let link: Link | undefined;
  let isUp = true;
  let isBusy = false;
  let isShown = false;
  let isHandingIn = false;
  let retry: ReturnType<typeof setTimeout> | undefined;

  const last = () => messages.at(-1)?.id;
  const show = () => draw({ messages, unsent: outbox.unsent(), isUp, isKnown: outbox.key() !== undefined, isBusy });

  function merge(items: readonly ChatMessage[]): void {
    const all = new Map(messages.map((each) => [each.id, each]));
    for (const item of items) all.set(item.id, item);
    messages = [...all.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
    outbox.remove(new Set(items.flatMap(({ clientId }) => clientId ?? [])));
    const newest = last();
    if (newest !== undefined) link?.say({ type: isShown ? 'seen' : 'got', id: newest });
    show();
  }
  function listen(): void {
    const key = outbox.key();
    if (link || key === undefined) return;
    link = openLink(site, key, last, {
      messages: merge,
      state(up) {
        isUp = up;
        show();
        if (up) void handIn();
      },
      unknown: forget,
    });
  }
  function forget(): void {
    link?.end();
    link = undefined;
    outbox.keepKey(undefined);
    messages = [];
    isUp = true;
    show();
    if (outbox.unsent().length > 0) void handIn();
  }

  async function call(path: string, body: object): Promise<Response> {
    const key = outbox.key();
    // Goes on when the tab is closed in the same moment.
    return fetch(`${api}${path}`, { method: 'POST', keepalive: true, headers: { 'content-type': 'application/json', ...(key === undefined ? {} : { authorization: `Visitor ${key}` }) }, body: JSON.stringify(body) });
  }
  /** Of an answer that says no: whether the same may be said again later, or has to be said otherwise. */
  const isForLater = (status: number) => status === 429 || status >= 500;
  async function becomeKnown(): Promise<'known' | 'later' | 'refused'> {
    if (outbox.key() !== undefined) return 'known';
    const answer = await call('/visitors', { ...outbox.who(), locale });
    if (answer.status !== 201) return isForLater(answer.status) ? 'later' : 'refused';
    outbox.keepKey(((await answer.json()) as { key: string }).key);
    listen();
    return 'known';
  }
  /** Hands in what waits, one after the other, in the order in which it was written. */
  async function handIn(): Promise<void> {
    if (isHandingIn) return;
    isHandingIn = true;
    clearTimeout(retry);
    try {
      for (let next = firstWaiting(); next; next = firstWaiting()) {
        const standing = await becomeKnown();
        if (standing === 'later') return later();
        if (standing === 'refused') {
          outbox.mark(next.clientId, 'refused');
          continue;
        }
        const answer = await call('/messages', { clientId: next.clientId, text: next.text, page: document.referrer });
        isBusy = answer.status === 429;
        if (answer.status === 201) merge([(await answer.json()) as ChatMessage]);
        else if (answer.status === 401) {
          isHandingIn = false;
          return forget();
        } else if (isForLater(answer.status)) return later();
        else outbox.mark(next.clientId, 'refused');
        show();
      }
      isUp = true;
    } catch {
      // No network: it stays where it is.
      isUp = false;
      later();
    } finally {
      isHandingIn = false;
      show();
    }
  }
  const firstWaiting = () => outbox.unsent().find((one) => one.trouble === undefined);
  const later = () => void (retry = setTimeout(() => void handIn(), RETRY_MS));

  outbox.onOtherTab(() => {
    listen();
    show();
  });
  addEventListener('online', () => void handIn());
  listen();
  if (outbox.unsent().length > 0) void handIn();

  return {
    show,
    send(text: string, who?: Introduction) {
      if (who && outbox.key() === undefined) outbox.keepWho(who);
      outbox.add({ clientId: randomId(), text });
      show();
      void handIn();
    },
    tryAgain(clientId: string) {
      outbox.mark(clientId, undefined);
      void handIn();
    },
    /** Whether the panel is in front of somebody's eyes. */
    setShown(shown: boolean) {
      isShown = shown;
      const newest = last();
      if (shown && newest !== undefined) link?.say({ type: 'seen', id: newest });
      if (shown) link?.comeBack();
    },
  };
}
