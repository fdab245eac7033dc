import type { ChatInboxSettings, ChatMessage } from '@rapport/contract';
import { Fragment } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { Conversation } from './conversation.ts';
import type { Introduction, Unsent } from './outbox.ts';
import type { Words } from './words.ts';

interface Props {
  look: Pick<ChatInboxSettings, 'title' | 'greeting' | 'asks'>;
  words: Words;
  locale: string;
  now: Conversation;
  canClose: boolean;
  onSend(text: string, who?: Introduction): void;
  onTryAgain(clientId: string): void;
  onClose(): void;
}

const MOST = 10_000;

export function Panel({ look, words, locale, now, canClose, onSend, onTryAgain, onClose }: Props) {
  return (
    <main class="panel" onKeyDown={(event) => event.key === 'Escape' && canClose && onClose()}>
      <header>
        <h1 dir="auto">{look.title}</h1>
        {canClose && <button type="button" class="close" aria-label={words.close} onClick={onClose}><svg viewBox="0 0 24 24" aria-hidden="true"><path d="m6 6 12 12M18 6 6 18" /></svg></button>}
      </header>
      <Log words={words} locale={locale} greeting={look.greeting} messages={now.messages} unsent={now.unsent} onTryAgain={onTryAgain} />
      {!now.isUp && <p class="line" role="status">{words.offline}</p>}
      {now.isUp && now.isBusy && <p class="line" role="status">{words.busy}</p>}
      <Composer words={words} asks={now.isKnown ? { name: 'no', email: 'no' } : look.asks} onSend={onSend} />
    </main>
  );
}

function Log({ words, locale, greeting, messages, unsent, onTryAgain }: Pick<Props, 'words' | 'locale' | 'onTryAgain'> & { greeting: string; messages: readonly ChatMessage[]; unsent: readonly Unsent[] }) {
  const end = useRef<HTMLDivElement>(null);
  const count = messages.length + unsent.length;
  useLayoutEffect(() => end.current?.scrollIntoView({ block: 'end' }), [count]);
  const time = new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit' });
  const day = new Intl.DateTimeFormat(locale, { weekday: 'long', day: 'numeric', month: 'long' });
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
            <p class={isMine ? 'mine' : 'theirs'} dir="auto">{linked(message.text)}</p>
          </Fragment>
        );
      })}
      {unsent.map((one) => (
        <Fragment key={one.clientId}>
          <p class="mine waiting" dir="auto">{one.text}</p>
          <p class="who mine-side">{one.trouble === undefined ? words.sending : <>{words.notSent} · <button type="button" class="again" onClick={() => onTryAgain(one.clientId)}>{words.again}</button></>}</p>
        </Fragment>
      ))}
      <div ref={end} />
    </div>
  );
}

/** Addresses in a text can be followed; nothing else of it is ever read as more than words. */
function linked(text: string) {
  return text.split(/(https?:\/\/[^\s<>"']+[^\s<>"'.,;:!?)\]])/).map((part, index) => (index % 2 === 1 ? <a key={index} href={part} target="_blank" rel="noopener noreferrer nofollow">{part}</a> : part));
}

function Composer({ words, asks, onSend }: { words: Words; asks: ChatInboxSettings['asks']; onSend: Props['onSend'] }) {
  const [text, setText] = useState('');
  const [who, setWho] = useState<Introduction>({ name: '', email: '' });
  const [trouble, setTrouble] = useState<Partial<Record<keyof Introduction | 'text', string>>>({});
  const field = useRef<HTMLTextAreaElement>(null);
  useLayoutEffect(() => {
    if (!field.current) return;
    field.current.style.height = 'auto';
    field.current.style.height = `${Math.min(140, field.current.scrollHeight)}px`;
  }, [text]);

  const check = (): typeof trouble => {
    const email = who.email.trim();
    return {
      ...(asks.name === 'required' && who.name.trim() === '' ? { name: words.needed } : {}),
      ...(asks.email === 'required' && email === '' ? { email: words.needed } : email !== '' && !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(email) ? { email: words.badEmail } : {}),
      ...(text.length > MOST ? { text: words.tooLong } : {}),
    };
  };
  const submit = () => {
    if (text.trim() === '') return;
    const found = check();
    setTrouble(found);
    const [first] = Object.keys(found);
    if (first) document.getElementById(first)?.focus();
    else {
      onSend(text.trim(), { name: who.name.trim(), email: who.email.trim() });
      setText('');
      field.current?.focus();
    }
  };
  const shared = (key: keyof Introduction) => ({
    id: key, maxLength: 200, value: who[key], 'aria-invalid': trouble[key] !== undefined, 'aria-describedby': trouble[key] ? `${key}-trouble` : undefined,
    onInput: (event: { currentTarget: HTMLInputElement }) => setWho({ ...who, [key]: event.currentTarget.value }),
  });
  const input = (key: keyof Introduction) => asks[key] !== 'no' && (
    <div class="field">
      <label for={key}>{words[key]}{asks[key] === 'optional' && <span> ({words.optional})</span>}</label>
      {key === 'email' ? <input type="email" autoComplete="email" dir="ltr" {...shared(key)} /> : <input type="text" autoComplete="name" dir="auto" {...shared(key)} />}
      {trouble[key] && <p id={`${key}-trouble`} class="trouble">{trouble[key]}</p>}
    </div>
  );
  return (
    <form noValidate onSubmit={(event) => { event.preventDefault(); submit(); }}>
      {input('name')}
      {input('email')}
      {trouble.text && <p id="text-trouble" class="trouble">{trouble.text}</p>}
      <div class="write">
        <textarea id="text" ref={field} rows={1} aria-label={words.write} placeholder={words.write} dir="auto" value={text} aria-invalid={trouble.text !== undefined} aria-describedby={trouble.text ? 'text-trouble' : undefined} onInput={(event) => setText(event.currentTarget.value)}
          onKeyDown={(event) => { if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) { event.preventDefault(); submit(); } }} />
        <button type="submit" class="send" aria-label={words.send} disabled={text.trim() === ''}><svg viewBox="0 0 24 24" aria-hidden="true"><path d="m4 12 16-8-6 16-3-7Z" /></svg></button>
      </div>
    </form>
  );
}
