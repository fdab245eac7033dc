import type { ChatLine } from '@rapport/contract';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { Deeds } from './conversation.ts';
import { fill, type Words } from './words.ts';

interface Props {
  words: Words;
  locale: string;
  line: ChatLine;
  /** An answer can come as a mail. */
  canMail: boolean;
  deeds: Deeds;
}

/** Where somebody stands, what else they can do, and whom they are with. Read out when it changes. */
export function Line({ words, locale, line, canMail, deeds }: Props) {
  const [isMailing, setMailing] = useState(false);
  if (line.state === 'none') return null;
  const isTaken = line.state === 'taken';
  return (
    <section class="standing" aria-label={words.line}>
      <div role="status">{sentences(words, locale, line).map((sentence, index) => <p key={index} class={index === 0 ? 'place' : undefined} dir="auto">{sentence}</p>)}</div>
      {!isTaken && isMailing && <Mailing words={words} deeds={deeds} onDone={() => setMailing(false)} />}
      {!isTaken && !isMailing && (canMail || line.state === 'waiting') && (
        <div class="ways">
          {canMail && <button type="button" onClick={() => setMailing(true)}>{words.byMail}</button>}
          {line.state === 'waiting' && <button type="button" onClick={() => deeds.leaveLine()}>{words.leave}</button>}
        </div>
      )}
    </section>
  );
}

function Mailing({ words, deeds, onDone }: Pick<Props, 'words' | 'deeds'> & { onDone(): void }) {
  const [email, setEmail] = useState('');
  const [isWrong, setWrong] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  useLayoutEffect(() => field.current?.focus(), []);
  const submit = () => {
    const address = email.trim();
    if (!/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(address)) return setWrong(true);
    deeds.askForMail(fill(words.mailMe, { email: address }), address);
    onDone();
  };
  return (
    <form noValidate onSubmit={(event) => { event.preventDefault(); submit(); }}>
      <div class="field">
        <label for="mail-to">{words.email}</label>
        <input id="mail-to" type="email" autoComplete="email" dir="ltr" maxLength={200} value={email} ref={field} aria-invalid={isWrong} aria-describedby={isWrong ? 'mail-to-trouble' : undefined} onInput={(event) => { setEmail(event.currentTarget.value); setWrong(false); }} onKeyDown={(event) => { if (event.key === 'Escape') { event.stopPropagation(); onDone(); } }} />
        {isWrong && <p id="mail-to-trouble" class="trouble">{words.badEmail}</p>}
      </div>
      <div class="ways"><button type="submit" class="first">{words.send}</button><button type="button" onClick={onDone}>{words.cancel}</button></div>
    </form>
  );
}

function sentences(words: Words, locale: string, line: ChatLine): string[] {
  if (line.state === 'taken') return [fill(words.with, { name: line.name })];
  if (line.state === 'full' || line.state === 'left') return [words[line.state]];
  const again = 'opensAt' in line && line.opensAt !== null ? fill(words.opens, { when: whenOf(locale, line.opensAt) }) : undefined;
  if (line.state === 'closed') return [words.closed, ...(again ? [again] : [])];
  if (line.state !== 'waiting') return [];
  const place = line.position === 1 ? words.next : fill(words.place, { n: line.position.toLocaleString(locale) });
  if (line.method === 'nobody_there' || line.method === 'closed') return [place, again ?? words.nobody];
  return [place, ...(line.highSeconds === null ? [] : [spanOf(words, locale, line.lowSeconds ?? 0, line.highSeconds)]), ...(line.longer ? [words[line.longer]] : [])];
}

/** As a range of whole minutes, or of hours where it is that long. */
function spanOf(words: Words, locale: string, low: number, high: number): string {
  if (high <= 60) return words.minute;
  const [unit, seconds] = high > 2 * 3600 ? (['hour', 3600] as const) : (['minute', 60] as const);
  const [from, to] = [Math.max(1, Math.floor(low / seconds)), Math.ceil(high / seconds)];
  const number = (n: number, style: object) => new Intl.NumberFormat(locale, style).format(n);
  const last = number(to, { style: 'unit', unit, unitDisplay: 'long' });
  return fill(words.wait, { span: from < to ? `${number(from, {})}–${last}` : last });
}

const whenOf = (locale: string, at: string): string => {
  const date = new Date(at);
  const isToday = date.toDateString() === new Date().toDateString();
  return new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit', ...(isToday ? {} : { weekday: 'long', day: 'numeric', month: 'long' }) }).format(date);
};
