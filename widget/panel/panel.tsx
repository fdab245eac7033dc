import type { ChatLook, ChatMessage } from '@rapport/contract';
import { Fragment } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { Composer } from './composer.tsx';
import type { Conversation, Deeds } from './conversation.ts';
import { Files } from './files.tsx';
import { Line } from './line.tsx';
import type { Unsent } from './outbox.ts';
import { Survey } from './survey.tsx';
import type { Words } from './words.ts';

interface Props {
  look: ChatLook;
  words: Words;
  locale: string;
  now: Conversation;
  deeds: Deeds;
  canClose: boolean;
  onClose(): void;
}

export function Panel({ look, words, locale, now, deeds, canClose, onClose }: Props) {
  return (
    <main class="panel" onKeyDown={(event) => event.key === 'Escape' && canClose && onClose()}>
      <header>
        <h1 dir="auto">{look.title}</h1>
        <button type="button" class="close" aria-label={words.sound} aria-pressed={!now.isQuiet} onClick={() => deeds.setQuiet(!now.isQuiet)}><svg viewBox="0 0 24 24" aria-hidden="true"><path d="M11 5 6 9H3v6h3l5 4Z" />{now.isQuiet ? <path d="m16 9 5 6M21 9l-5 6" /> : <path d="M15.5 8.5a5 5 0 0 1 0 7M18.5 5.5a9 9 0 0 1 0 13" />}</svg></button>
        {canClose && <button type="button" class="close" aria-label={words.close} onClick={onClose}><svg viewBox="0 0 24 24" aria-hidden="true"><path d="m6 6 12 12M18 6 6 18" /></svg></button>}
      </header>
      <Log words={words} locale={locale} greeting={look.greeting} now={now} deeds={deeds} />
      <Line words={words} locale={locale} line={now.line} canMail={look.canMail} deeds={deeds} />
      {now.asked && <Survey key={now.asked.id} words={words} asked={now.asked} deeds={deeds} />}
      <p class="writing" role="status">{now.answering !== undefined && <><span dir="auto">{now.answering}</span> {words.writes}<span class="dots" aria-hidden="true"><i /><i /><i /></span></>}</p>
      {!now.isUp && <p class="line" role="status">{words.offline}</p>}
      {now.isUp && now.isBusy && <p class="line" role="status">{words.busy}</p>}
      <Composer words={words} asks={now.isKnown ? { name: 'no', email: 'no' } : look.asks} limits={look.files} deeds={deeds} />
    </main>
  );
}

function Log({ words, locale, greeting, now: { messages, unsent, readUpTo }, deeds }: Pick<Props, 'words' | 'locale' | 'now' | 'deeds'> & { greeting: string }) {
  const end = useRef<HTMLDivElement>(null);
  const count = messages.length + unsent.length;
  useLayoutEffect(() => end.current?.scrollIntoView({ block: 'end' }), [count]);
  const time = new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit' });
  const day = new Intl.DateTimeFormat(locale, { weekday: 'long', day: 'numeric', month: 'long' });
  const last = messages.at(-1);
  return (
    <div class="log" role="log" aria-live="polite" aria-label={words.log} tabIndex={0}>
      {greeting !== '' && <p class="theirs" dir="auto">{greeting}</p>}
      {messages.map((message, index) => {
        const before = messages[index - 1];
        const at = new Date(message.at);
        const isNewDay = before === undefined ? at.toDateString() !== new Date().toDateString() : new Date(before.at).toDateString() !== at.toDateString();
        const isMine = message.from === 'visitor';
        const isFirst = before?.from !== message.from || before.name !== message.name || isNewDay;
        return (
          <Fragment key={message.id}>
            {isNewDay && <p class="day">{day.format(at)}</p>}
            {isFirst && <p class={isMine ? 'who mine-side' : 'who'}><span class={isMine ? 'unseen' : ''} dir="auto">{isMine ? words.you : message.name}</span> <time dateTime={message.at}>{time.format(at)}</time></p>}
            <Said message={message} isMine={isMine} words={words} deeds={deeds} />
          </Fragment>
        );
      })}
      {last?.from === 'visitor' && unsent.length === 0 && <p class="state mine-side">{readUpTo !== undefined && readUpTo >= last.id ? words.read : words.sent}</p>}
      {unsent.map((one) => <Waiting key={one.clientId} one={one} words={words} onTryAgain={deeds.tryAgain} />)}
      <div ref={end} />
    </div>
  );
}

function Said({ message, isMine, words, deeds }: { message: ChatMessage; isMine: boolean } & Pick<Props, 'words' | 'deeds'>) {
  return (
    <>
      {message.text !== '' && <p class={isMine ? 'mine' : 'theirs'} dir="auto">{linked(message.text)}</p>}
      <Files files={message.files} isMine={isMine} words={words} open={deeds.open} />
    </>
  );
}

function Waiting({ one, words, onTryAgain }: { one: Unsent; words: Words; onTryAgain: (clientId: string) => void }) {
  return (
    <>
      {one.text !== '' && <p class="mine waiting" dir="auto">{one.text}</p>}
      {one.files?.map(({ id, filename }) => <p key={id} class="mine waiting" dir="auto">{filename}</p>)}
      <p class="who mine-side">{one.trouble === undefined ? words.sending : <>{words.notSent} · <button type="button" class="again" onClick={() => onTryAgain(one.clientId)}>{words.again}</button></>}</p>
    </>
  );
}

/** Addresses in a text can be followed; nothing else of it is ever read as more than words. */
function linked(text: string) {
  return text.split(/(https?:\/\/[^\s<>"']+[^\s<>"'.,;:!?)\]])/).map((part, index) => (index % 2 === 1 ? <a key={index} href={part} target="_blank" rel="noopener noreferrer nofollow">{part}</a> : part));
}
