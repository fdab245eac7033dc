import type { ChatLook } from '@rapport/contract';
import { render } from 'preact';
import { inkOn } from '../look/ink-on.ts';
import { chime } from './chime.ts';
import { openConversation } from './conversation.ts';
import { Panel } from './panel.tsx';
import './panel.css';
import { wordsFor } from './words.ts';

const site = location.pathname.split('/').pop() ?? '';
const asked = new URLSearchParams(location.search);
const locale = asked.get('locale') ?? navigator.language;
const { language, words } = wordsFor(locale);
const root = document.getElementById('chat') as HTMLElement;
const html = document.documentElement;
[html.lang, html.dir] = [language, language === 'ar' ? 'rtl' : 'ltr'];

/** To the page around us. It learns how many messages wait, never what they say; so any site may hear it. */
const tell = (message: { rapport: 'ready' | 'close' } | { rapport: 'identified'; isKnown: boolean } | { rapport: 'unread'; unread: number }) => parent.postMessage(message, '*');

async function begin(): Promise<void> {
  const answer = await fetch(`/api/v1/chat/${site}`);
  if (!answer.ok) {
    render(<p class="gone" role="alert">{words.gone}</p>, root);
    return;
  }
  const look = (await answer.json()) as ChatLook;
  html.style.setProperty('--brand', look.color);
  html.style.setProperty('--on-brand', inkOn(look.color));
  document.title = look.title;
  let isShown = parent === window;
  let seenId: string | undefined;
  // What comes with the first messages was there before.
  let [hasBegun, toldId] = [false, ''];
  const conversation = openConversation(site, locale, asked.has('introduced'), (now) => {
    const answers = now.messages.filter(({ from }) => from !== 'visitor');
    const newest = answers.at(-1)?.id ?? '';
    const isLookedAt = isShown && document.hasFocus();
    if (hasBegun && newest > toldId && !isLookedAt && !now.isQuiet) chime();
    [hasBegun, toldId] = [now.messages.length > 0, newest];
    if (isShown) seenId = now.messages.at(-1)?.id ?? seenId;
    tell({ rapport: 'unread', unread: answers.filter(({ id }) => seenId === undefined || id > seenId).length });
    render(<Panel look={look} words={words} locale={locale} now={now} deeds={conversation} onClose={() => tell({ rapport: 'close' })} canClose={parent !== window} />, root);
  });
  const show = (shown: boolean) => {
    isShown = shown;
    conversation.setShown(shown && document.visibilityState === 'visible');
  };
  addEventListener('message', ({ source, data }: MessageEvent<{ rapport?: string; token?: string } | null>) => {
    if (source !== parent) return;
    if (data?.rapport === 'identify' && data.token) void conversation.identify(data.token).then((isKnown) => tell({ rapport: 'identified', isKnown }));
    else if (data?.rapport === 'identify') conversation.expectNobody();
    if (data?.rapport === 'sign-out') void conversation.signOut();
    if (data?.rapport === 'shown' || data?.rapport === 'hidden') show(data.rapport === 'shown');
    if (data?.rapport === 'shown') document.querySelector<HTMLElement>('textarea')?.focus();
  });
  document.addEventListener('visibilitychange', () => show(isShown));
  if (isShown) show(true);
  conversation.show();
  tell({ rapport: 'ready' });
}

void begin();
