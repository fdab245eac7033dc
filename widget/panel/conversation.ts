import type { ChatFile, ChatLine, ChatMessage, SurveyAnswer, SurveyAsked } from '@rapport/contract';
import { openLink, type Link } from './link.ts';
import { openOutbox, randomId, type Introduction, type Unsent } from './outbox.ts';

export interface Conversation {
  messages: readonly ChatMessage[];
  unsent: readonly Unsent[];
  isUp: boolean;
  /** Whether this browser has begun to write at some time. */
  isKnown: boolean;
  isBusy: boolean;
  /** The last message that somebody of the desk has read. */
  readUpTo: string | undefined;
  isQuiet: boolean;
  /** Who writes an answer now. */
  answering: string | undefined;
  /** Where they stand in the line. */
  line: ChatLine;
  /** What they are asked about a chat that is over. */
  asked: SurveyAsked | undefined;
}

const RETRY_MS = 3_000;
// The desk says so again every few seconds.
const ANSWERING_MS = 10_000;
const SAY_TYPING_MS = 3_000;
// The server knows them for longer by one word of the site.
const KNOWN_MS = 6 * 3_600_000;
// So long nothing is sent as a stranger's when the site is about to say who this is.
const SITES_WORD_MS = 8_000;

/** Shown as it is; nothing that could carry a script. */
export const isPicture = (mediaType: string): boolean => /^image\/(png|jpeg|gif|webp)$/.test(mediaType);

/** Only this way a browser tells how far it is. */
const upload = (url: string, key: string, content: File, progress: (part: number) => void) =>
  new Promise<ChatFile>((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', url);
    request.setRequestHeader('content-type', 'application/octet-stream');
    request.setRequestHeader('authorization', `Visitor ${key}`);
    request.upload.onprogress = ({ loaded, total }) => progress(loaded / Math.max(1, total));
    request.onload = () => {
      if (request.status === 201) resolve(JSON.parse(request.responseText) as ChatFile);
      else reject(new Error(String(request.status)));
    };
    request.onerror = () => reject(new Error(''));
    request.send(content);
  });

/** The visitor's conversation, kept in step with the desk; `draw` is called whenever it has changed. `isIntroduced`: the site is about to say who this is. */
export function openConversation(site: string, locale: string, isIntroduced: boolean, draw: (now: Conversation) => void) {
  const outbox = openOutbox(site);
  const api = `/api/v1/chat/${site}`;
  let messages: readonly ChatMessage[] = [];
  let link: Link | undefined;
  /** The key that the line was opened with. */
  let linkedBy: string | undefined;
  let isUp = true;
  let isBusy = false;
  let isShown = false;
  let isHandingIn = false;
  let readUpTo: string | undefined;
  let answering: string | undefined;
  let answeringOver: ReturnType<typeof setTimeout> | undefined;
  let line: ChatLine = { state: 'none' };
  let asked: SurveyAsked | undefined;
  let saidTypingAt = 0;
  let retry: ReturnType<typeof setTimeout> | undefined;

  const last = () => messages.at(-1)?.id;
  let isAwaited = isIntroduced;
  let introduced: () => void = () => undefined;
  const sitesWord = new Promise<void>((resolve) => {
    introduced = () => {
      resolve();
      if (!isAwaited) return;
      isAwaited = false;
      show();
    };
  });
  if (isIntroduced) setTimeout(introduced, SITES_WORD_MS);
  else introduced();
  const show = () => draw({ messages, unsent: outbox.unsent(), isUp, isKnown: isAwaited || outbox.key() !== undefined, isBusy, readUpTo, isQuiet: outbox.isQuiet(), answering, line, asked });

  function setAnswering(name: string | undefined): void {
    clearTimeout(answeringOver);
    if (name !== undefined) answeringOver = setTimeout(() => setAnswering(undefined), ANSWERING_MS);
    if (name === answering) return;
    answering = name;
    show();
  }
  function merge(items: readonly ChatMessage[]): void {
    if (items.some(({ from }) => from !== 'visitor')) setAnswering(undefined);
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
    if (key === linkedBy) return;
    link?.end();
    link = undefined;
    // Another tab has become somebody else.
    if (linkedBy !== undefined) [messages, line, isUp] = [[], { state: 'none' }, true];
    linkedBy = key;
    if (key === undefined) return;
    link = openLink(site, key, last, {
      messages: merge,
      state(up) {
        isUp = up;
        show();
        if (up) void handIn();
      },
      read(upTo) {
        readUpTo = upTo;
        show();
      },
      answering: (name) => setAnswering(name ?? undefined),
      line(where) {
        line = where;
        show();
      },
      asked(now) {
        asked = now ?? undefined;
        show();
      },
      unknown: () => (outbox.key() === key ? forget() : listen()),
    });
  }
  function forget(): void {
    outbox.keepKey(undefined);
    listen();
    show();
    if (outbox.unsent().length > 0) void handIn();
  }

  /** Whom a token of the site names; nothing is trusted of it here, the server checks it. */
  function subOf(token: string): string | undefined {
    try {
      return (JSON.parse(new TextDecoder().decode(Uint8Array.from(atob((token.split('.')[1] ?? '').replace(/-/g, '+').replace(/_/g, '/')), (each) => each.charCodeAt(0)))) as { sub?: string }).sub;
    } catch {
      return undefined;
    }
  }
  /** Becomes whom the site says they are. What was written before stays with whoever wrote it. */
  async function identify(token: string): Promise<boolean> {
    const sub = subOf(token);
    const known = outbox.known();
    if (sub !== undefined && known?.sub === sub && known.until > Date.now() && outbox.key() !== undefined) return true;
    const answer = await call('/visitors', { locale, token });
    if (answer.status !== 201) return false;
    const { key } = (await answer.json()) as { key: string };
    outbox.keepKey(key, sub === undefined ? undefined : { sub, until: Date.now() + KNOWN_MS });
    listen();
    show();
    return true;
  }

  async function call(path: string, body: object): Promise<Response> {
    const key = outbox.key();
    // Goes on when the tab is closed in the same moment.
    return fetch(`${api}${path}`, { method: 'POST', keepalive: true, headers: { 'content-type': 'application/json', ...(key === undefined ? {} : { authorization: `Visitor ${key}` }) }, body: JSON.stringify(body) });
  }
  /** Of an answer that says no: whether the same may be said again later, or has to be said otherwise. */
  const isForLater = (status: number) => status === 429 || status >= 500;
  async function becomeKnown(): Promise<'known' | 'later' | 'refused'> {
    await sitesWord;
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
        const answer = await call('/messages', { clientId: next.clientId, text: next.text, fileIds: next.files?.map(({ id }) => id), page: document.referrer, email: next.email });
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
    /** Answers whether the site's word holds. */
    identify: (token: string) =>
      identify(token)
        .catch(() => false)
        .finally(introduced),
    /** The site has nobody to introduce after all. */
    expectNobody: introduced,
    /** Somebody has signed out on the site: this browser knows nobody any more. */
    async signOut() {
      const key = outbox.key();
      if (outbox.known() === undefined || key === undefined) return;
      outbox.clear();
      forget();
      await fetch(`${api}/visitors/self`, { method: 'DELETE', keepalive: true, headers: { authorization: `Visitor ${key}` } }).catch(() => undefined);
    },
    /** Something stands in the field, or nothing does. */
    type(isTyping: boolean) {
      if (isTyping === saidTypingAt > 0 && Date.now() - saidTypingAt < SAY_TYPING_MS) return;
      if (!isTyping && saidTypingAt === 0) return;
      saidTypingAt = isTyping ? Date.now() : 0;
      link?.say({ type: 'typing', isTyping });
    },
    /** Hands a file in for the next message; `progress` hears of it from 0 to 1. Throws the problem's code, '' when the line broke. */
    async upload(content: File, progress: (part: number) => void, who?: Introduction): Promise<ChatFile> {
      if (who && outbox.key() === undefined) outbox.keepWho(who);
      if ((await becomeKnown().catch(() => 'later')) !== 'known') throw new Error('');
      return upload(`${api}/files?${new URLSearchParams({ filename: content.name || 'file', mediaType: content.type || 'application/octet-stream' })}`, outbox.key() ?? '', content, progress);
    },
    /** The bytes of a file of this conversation. */
    async open({ id, mediaType }: ChatFile): Promise<string> {
      const answer = await fetch(`${api}/files/${id}`, { headers: { authorization: `Visitor ${outbox.key() ?? ''}` } });
      if (!answer.ok) throw new Error(String(answer.status));
      return URL.createObjectURL(new Blob([await answer.arrayBuffer()], { type: isPicture(mediaType) ? mediaType : 'application/octet-stream' }));
    },
    send(text: string, files: readonly ChatFile[], who?: Introduction) {
      this.type(false);
      if (who && outbox.key() === undefined) outbox.keepWho(who);
      outbox.add({ clientId: randomId(), text, files });
      show();
      void handIn();
    },
    /** Asks for the answer as a mail; whoever waits in line keeps their place. */
    askForMail(text: string, email: string) {
      outbox.add({ clientId: randomId(), text, email });
      show();
      void handIn();
    },
    /** Says how it was; false when it was not taken. */
    answerSurvey: (answer: SurveyAnswer): Promise<boolean> => call('/survey', answer).then(({ status }) => status === 204, () => false),
    leaveLine() {
      link?.say({ type: 'leave' });
    },
    setQuiet(isQuiet: boolean) {
      outbox.keepQuiet(isQuiet);
      show();
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
/** What somebody can do in the panel. */
export type Deeds = Pick<ReturnType<typeof openConversation>, 'send' | 'type' | 'tryAgain' | 'upload' | 'open' | 'setQuiet' | 'askForMail' | 'leaveLine' | 'answerSurvey'>;
