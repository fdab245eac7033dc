import type { ChatFile, ChatLook } from '@rapport/contract';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { Deeds } from './conversation.ts';
import { Clip } from './files.tsx';
import { randomId, type Introduction } from './outbox.ts';
import type { Words } from './words.ts';

const MOST = 10_000;

/** A file that was chosen: on its way, there, or refused. */
interface Chosen {
  id: string;
  name: string;
  part: number;
  file?: ChatFile;
  trouble?: string;
}

export function Composer({ words, asks, limits, deeds }: { words: Words; asks: ChatLook['asks']; limits: ChatLook['files']; deeds: Deeds }) {
  const [text, setText] = useState('');
  const [who, setWho] = useState<Introduction>({ name: '', email: '' });
  const [trouble, setTrouble] = useState<Partial<Record<keyof Introduction | 'text', string>>>({});
  const [chosen, setChosen] = useState<readonly Chosen[]>([]);
  const field = useRef<HTMLTextAreaElement>(null);
  const picker = useRef<HTMLInputElement>(null);
  useLayoutEffect(() => {
    if (!field.current) return;
    field.current.style.height = 'auto';
    field.current.style.height = `${Math.min(140, field.current.scrollHeight)}px`;
  }, [text]);

  const isUnderWay = chosen.some(({ file, trouble: wrong }) => file === undefined && wrong === undefined);
  const there = chosen.flatMap(({ file }) => (file ? [file] : []));
  const canSend = (text.trim() !== '' || there.length > 0) && !isUnderWay;
  const introduction = (): Introduction => ({ name: who.name.trim(), email: who.email.trim() });

  /** Whether everything that has to be is filled in; takes the visitor to what is not. */
  const isFine = (): boolean => {
    const email = who.email.trim();
    const found: typeof trouble = {
      ...(asks.name === 'required' && who.name.trim() === '' ? { name: words.needed } : {}),
      ...(asks.email === 'required' && email === '' ? { email: words.needed } : email !== '' && !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(email) ? { email: words.badEmail } : {}),
      ...(text.length > MOST ? { text: words.tooLong } : {}),
    };
    setTrouble(found);
    const [first] = Object.keys(found);
    if (first) document.getElementById(first)?.focus();
    return first === undefined;
  };
  const submit = () => {
    if (!canSend || !isFine()) return;
    deeds.send(text.trim(), there, introduction());
    setText('');
    setChosen(chosen.filter(({ file }) => file === undefined));
    field.current?.focus();
  };
  const add = (files: Iterable<File>) => {
    if (!isFine()) return;
    for (const file of [...files].slice(0, limits.most - chosen.length)) {
      const id = randomId();
      const change = (to: Partial<Chosen>) => setChosen((all) => all.map((each) => (each.id === id ? { ...each, ...to } : each)));
      setChosen((all) => [...all, { id, name: file.name || 'file', part: 0, ...(file.size > limits.mostBytes ? { trouble: words.tooLarge } : {}) }]);
      if (file.size <= limits.mostBytes) deeds.upload(file, (part) => change({ part }), introduction()).then((kept) => change({ file: kept, part: 1 }), () => change({ trouble: words.notUploaded }));
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
    <form noValidate onSubmit={(event) => { event.preventDefault(); submit(); }} onDragOver={(event) => event.preventDefault()} onDrop={(event) => { event.preventDefault(); add(event.dataTransfer?.files ?? []); }}>
      {input('name')}
      {input('email')}
      {chosen.length > 0 && (
        <ul class="chosen">
          {chosen.map((one) => (
            <li key={one.id}>
              <bdi>{one.name}</bdi>
              {one.trouble ? <span class="trouble" role="alert">{one.trouble}</span> : one.file === undefined && <progress max={1} value={one.part} aria-label={`${words.uploading} ${one.name}`} />}
              <button type="button" class="close" aria-label={`${words.remove} ${one.name}`} onClick={() => setChosen(chosen.filter(({ id }) => id !== one.id))}><svg viewBox="0 0 24 24" aria-hidden="true"><path d="m6 6 12 12M18 6 6 18" /></svg></button>
            </li>
          ))}
        </ul>
      )}
      {trouble.text && <p id="text-trouble" class="trouble">{trouble.text}</p>}
      <div class="write">
        <button type="button" class="clip" aria-label={words.attach} onClick={() => picker.current?.click()}><Clip /></button>
        <input ref={picker} type="file" multiple hidden onChange={(event) => { add(event.currentTarget.files ?? []); event.currentTarget.value = ''; }} />
        <textarea id="text" ref={field} rows={1} aria-label={words.write} placeholder={words.write} dir="auto" value={text} aria-invalid={trouble.text !== undefined} aria-describedby={trouble.text ? 'text-trouble' : undefined}
          onInput={(event) => { setText(event.currentTarget.value); deeds.type(event.currentTarget.value.trim() !== ''); }}
          onPaste={(event) => { if (event.clipboardData && event.clipboardData.files.length > 0 && !event.clipboardData.types.includes('text/plain')) { event.preventDefault(); add(event.clipboardData.files); } }}
          onKeyDown={(event) => { if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) { event.preventDefault(); submit(); } }} />
        <button type="submit" class="send" aria-label={words.send} disabled={!canSend}><svg viewBox="0 0 24 24" aria-hidden="true"><path d="m4 12 16-8-6 16-3-7Z" /></svg></button>
      </div>
    </form>
  );
}
