import { signatureVariables, type Signature } from '@rapport/contract';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useDeferredValue, useRef, useState } from 'react';
import { client } from '../../data/client.ts';
import { explain } from '../../data/explain.ts';
import { t } from '../../i18n/index.ts';
import { Button } from '../../ui/button.tsx';
import { Field, TextArea } from '../../ui/field.tsx';
import { showToast, showTrouble } from '../../ui/toast.ts';

interface Props {
  saved: Signature;
  /** Seen from this inbox. */
  inboxId: string | undefined;
  /** Whose signature it is decides what the preview puts together. */
  of: 'inbox' | 'own';
  save: (signature: Signature) => Promise<Signature>;
}

/** A signature and what the customer will see of it, as it is typed. */
export function SignatureForm({ saved, inboxId, of, save }: Props) {
  const [kept, setKept] = useState(saved);
  const [text, setText] = useState(saved.text);
  const [html, setHtml] = useState(saved.html ?? '');
  const [isBusy, setBusy] = useState(false);
  const area = useRef<HTMLTextAreaElement>(null);
  const typed = useDeferredValue(JSON.stringify({ text, html: html.trim() === '' ? null : html } satisfies Signature));
  const preview = useQuery({
    queryKey: ['signature-preview', inboxId, of, typed],
    queryFn: ({ signal }) => client.signatures.preview({ params: { inboxId: inboxId ?? '' }, body: of === 'inbox' ? { signature: JSON.parse(typed) as Signature } : { own: JSON.parse(typed) as Signature }, signal }),
    enabled: inboxId !== undefined, placeholderData: keepPreviousData, retry: false,
  });
  const isDirty = text !== kept.text || html !== (kept.html ?? '');
  const insert = (name: string) => {
    const field = area.current;
    const at = field?.selectionStart ?? text.length;
    const word = `{{${name}}}`;
    setText(text.slice(0, at) + word + text.slice(field?.selectionEnd ?? at));
    requestAnimationFrame(() => {
      field?.focus();
      field?.setSelectionRange(at + word.length, at + word.length);
    });
  };
  const submit = async () => {
    setBusy(true);
    try {
      const now = await save({ text, html: html.trim() === '' ? null : html });
      setKept(now);
      setText(now.text);
      setHtml(now.html ?? '');
      showToast(t('signature.saved'), { icon: 'check' });
    } catch (error) {
      showTrouble(explain(error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <div className="grid gap-5 md:grid-cols-2">
      <div className="flex min-w-0 flex-col gap-3.5">
        <Field label={t('signature.text')}><TextArea ref={area} value={text} onChange={(event) => setText(event.target.value)} rows={5} maxLength={5000} dir="auto" /></Field>
        <div role="group" aria-label={t('signature.variables')} className="-mt-2 flex flex-wrap gap-1">
          {signatureVariables.filter((name) => of === 'inbox' || name !== 'agent.signature').map((name) => <button key={name} type="button" onClick={() => insert(name)} className="h-6 rounded-sm bg-hover px-1.5 font-mono text-xs text-ink-2 hover:bg-press hover:text-ink">{name}</button>)}
        </div>
        <Field label={t('signature.html')} hint={t('signature.htmlHint')}><TextArea value={html} onChange={(event) => setHtml(event.target.value)} rows={4} maxLength={20_000} dir="ltr" spellCheck={false} className="font-mono text-sm" /></Field>
        <div><Button tone="primary" isBusy={isBusy} disabled={!isDirty} onClick={() => void submit()}>{t('signature.save')}</Button></div>
      </div>
      <div className="min-w-0">
        <p className="mb-1 text-sm font-medium">{t('signature.preview')}</p>
        {preview.data?.html
          ? <iframe title={t('signature.preview')} sandbox="" srcDoc={`<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'"><body style="margin:12px;font:14px/1.5 system-ui,sans-serif;color:#222;background:#fff"><div style="color:#888">--&nbsp;</div>${preview.data.html}</body>`} className="h-48 w-full rounded-md border border-line bg-white" />
          : <p className="rounded-md border border-line p-3 text-sm text-ink-3">{t('signature.empty')}</p>}
      </div>
    </div>
  );
}
