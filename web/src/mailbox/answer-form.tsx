import { useQuery } from '@tanstack/react-query';
import type { KeyboardEvent } from 'react';
import { inboxesQuery } from '../data/people.ts';
import { t } from '../i18n/index.ts';
import { Button } from '../ui/button.tsx';
import { isFilled } from '../ui/checks.ts';
import { Field, TextArea } from '../ui/field.tsx';
import { Keys } from '../ui/keys.tsx';
import { useForm } from '../ui/use-form.ts';
import type { Mail } from './mail-card.tsx';
import { useWrite } from './use-write.ts';

/** To the inbox the mail came from or went to, else the first one: an inbox may have been removed or have got another address since. */
function inboxOf<T extends { address: string; settings: Record<string, unknown> }>(mail: Mail, inboxes: readonly T[]): T | undefined {
  const ours = (mail.direction === 'to_customer' ? [mail.from] : mail.to).map((address) => address.toLowerCase());
  const answersTo = (inbox: T) => [inbox.address, ...((inbox.settings['aliases'] as string[] | undefined) ?? [])].some((address) => ours.includes(address.toLowerCase()));
  return inboxes.find(answersTo) ?? inboxes[0];
}

const answerSubject = (subject: string) => (/^(re|aw|antw|sv)\s*:/i.test(subject) ? subject : `Re: ${subject}`);

/** The customer answers, or adds something, in the same thread. */
export function AnswerForm({ address, mail }: { address: string; mail: Mail }) {
  const inboxes = useQuery(inboxesQuery).data ?? [];
  const inbox = inboxOf(mail, inboxes);
  const form = useForm({ text: '' }, { text: isFilled });
  const write = useWrite(() => form.restart({ text: '' }));
  if (!inbox) return null;
  const send = form.onSubmit(({ text }) => write.mutate({ from: address, inboxId: inbox.id, subject: answerSubject(mail.subject), text, inReplyTo: mail.id }));
  const onKey = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey) || event.nativeEvent.isComposing) return;
    event.preventDefault();
    event.currentTarget.form?.requestSubmit();
  };
  return (
    <form ref={form.ref} noValidate onSubmit={send} className="rounded-lg border border-line bg-surface p-3">
      <Field label={t('mailbox.answerAs', { address })} isLabelHidden error={form.errors.text}>
        <TextArea {...form.text('text')} onKeyDown={onKey} rows={3} dir="auto" placeholder={t('mailbox.answerAs', { address })} className="resize-none! border-transparent! bg-transparent!" />
      </Field>
      <div className="mt-1 flex items-center justify-between gap-3 ps-2.5">
        <p className="min-w-0 truncate text-sm text-ink-3">{t('mailbox.to', { to: inbox.address })}</p>
        <Button type="submit" icon="reply" isBusy={write.isPending}>{t('mailbox.answer')}<span className="max-md:hidden"><Keys keys="Mod+Enter" /></span></Button>
      </div>
    </form>
  );
}
