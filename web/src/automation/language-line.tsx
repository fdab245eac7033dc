import type { Customer } from '@rapport/contract';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { client } from '../data/client.ts';
import { customerQuery } from '../data/customers.ts';
import { explain } from '../data/explain.ts';
import { languageQuery } from '../data/languages.ts';
import { queryClient } from '../data/query-client.ts';
import { useCan } from '../data/session.ts';
import { currentLocale, t } from '../i18n/index.ts';
import { Icon } from '../ui/icon.tsx';
import { Picker } from '../ui/picker.tsx';
import { showTrouble } from '../ui/toast.ts';

const languages = ['en', 'de', 'fr', 'es', 'it', 'nl', 'pl', 'pt', 'da', 'sv', 'nb', 'fi', 'cs', 'sk', 'hu', 'ro', 'el', 'tr', 'ar', 'he', 'uk', 'ru', 'ja', 'ko', 'zh'];
const AUTO = 'auto';

const names = new Map<string, Intl.DisplayNames>();
function nameOf(language: string): string {
  try {
    const locale = currentLocale();
    const known = names.get(locale) ?? new Intl.DisplayNames([locale], { type: 'language' });
    names.set(locale, known);
    return known.of(language) ?? language;
  } catch {
    return language;
  }
}

/** In which language the customer is written to: what was set for them, or what they write in. Saved replies follow it. */
export function LanguageLine({ customer, caseId }: { customer: Customer; caseId: string }) {
  const canEdit = useCan('customer.edit');
  const [isOpen, setOpen] = useState(false);
  const found = useQuery({ ...languageQuery(caseId), enabled: customer.locale === null }).data;
  const language = customer.locale ?? found?.language ?? null;
  const words = language === null ? t('language.unknown') : customer.locale === null ? t('language.detected', { language: nameOf(language) }) : nameOf(language);
  const set = async (locale: string | null) => {
    try {
      queryClient.setQueryData(customerQuery(customer.id).queryKey, await client.customers.update({ params: { customerId: customer.id }, body: { version: customer.version, locale } }));
      void queryClient.invalidateQueries({ queryKey: ['macro-rendered'] });
    } catch (error) {
      showTrouble(explain(error));
      void queryClient.invalidateQueries({ queryKey: customerQuery(customer.id).queryKey });
    }
  };
  const line = <><Icon name="languages" size={14} className="shrink-0 text-ink-3" /><span className="min-w-0 truncate">{words}</span></>;
  if (!canEdit) return <p className="flex min-h-7 items-center gap-2 text-sm">{line}</p>;
  return (
    <Picker
      isOpen={isOpen} onOpenChange={setOpen} label={t('language.set')} placeholder={t('language.set')} align="start" onPick={(id) => void set(id === AUTO ? null : id)}
      options={!isOpen ? [] : [{ id: AUTO, label: t('language.auto'), isChosen: customer.locale === null }, ...languages.map((code) => ({ id: code, label: nameOf(code), isChosen: customer.locale?.split(/[-_]/)[0] === code }))]}
      trigger={<button type="button" aria-label={`${t('language.set')}: ${words}`} className="-mx-1.5 flex min-h-7 max-w-full items-center gap-2 rounded-sm px-1.5 text-sm hover:bg-hover">{line}</button>}
    />
  );
}
