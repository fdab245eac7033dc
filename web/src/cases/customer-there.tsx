import { useCustomerThere } from '../data/presence.ts';
import { t } from '../i18n/index.ts';

/** Of a live conversation: whether the customer is at the other end, and writing, just above the words that answer them. */
export function CustomerThere({ caseId, name }: { caseId: string; name: string }) {
  const state = useCustomerThere(caseId);
  return (
    <p role="status" className="mx-auto flex min-h-7 w-full max-w-[56rem] items-center gap-2 px-5 pb-1 text-sm text-ink-2">
      <span aria-hidden="true" className={`inline-block size-2 shrink-0 rounded-full ${state === undefined ? 'border border-ink-3' : 'bg-moss'}`} />
      <span className="truncate">{t(state === 'typing' ? 'presence.customer.typing' : state === 'there' ? 'presence.customer.there' : 'presence.customer.gone', { name })}</span>
    </p>
  );
}
