import { setupI18n } from '@lingui/core';
import type { CompiledMessage } from '@lingui/message-utils/compileMessage';
import type { Messages } from './message-ids.ts';

export type MessageId = keyof Messages;
type Values<K extends MessageId> = Messages[K];
/** Messages that can be shown without any value. */
export type PlainMessageId = { [K in MessageId]: Messages[K] extends undefined ? K : never }[MessageId];

export const locales = { en: 'English', de: 'Deutsch' } as const;
export type Locale = keyof typeof locales;

type Load = () => Promise<{ default: Record<string, CompiledMessage> }>;
/** For each language the words that every start loads, and those that come with the pages beyond the desk (`messages/pages/`). */
const loaders: Record<string, { start: Load; pages: Load }> = {
  en: { start: () => import('virtual:messages/en'), pages: () => import('virtual:messages/pages-en') },
  de: { start: () => import('virtual:messages/de'), pages: () => import('virtual:messages/pages-de') },
  'ar-XB': { start: () => import('virtual:messages/ar-XB'), pages: () => import('virtual:messages/pages-ar-XB') },
};
let isBeyondDesk = false;

const i18n = setupI18n();

/** The text of a message in the language that is shown. `<part>` marks are for `Rich`; here they would stand in the text. */
export function t<K extends MessageId>(...args: Values<K> extends undefined ? [id: K] : [id: K, values: Values<K>]): string {
  const [id, values] = args;
  return i18n._(id, values as Record<string, unknown> | undefined);
}

/** What was chosen on this device, else the browser's first language that Rapport speaks, else English. */
export function preferredLocale(): string {
  const chosen = localStorage.getItem('rapport.locale');
  if (chosen && chosen in loaders) return chosen;
  return navigator.languages.map((language) => language.split('-')[0] ?? '').find((language) => language in locales) ?? 'en';
}

export const currentLocale = () => i18n.locale;
/** Calls back when another language is shown. Returns how to stop. */
export const onLocaleChange = (listener: () => void) => i18n.on('change', listener);

/** Loads and shows a language. Components read texts while rendering, so the tree is drawn anew under the key `currentLocale()`. */
export async function showLocale(locale: string): Promise<void> {
  const { start, pages } = loaders[locale] ?? loaders['en']!;
  const parts = await Promise.all([start(), ...(isBeyondDesk ? [pages()] : [])]);
  i18n.loadAndActivate({ locale, messages: Object.assign({}, ...parts.map((part) => part.default)) as Record<string, CompiledMessage> });
  document.documentElement.lang = locale;
  document.documentElement.dir = /^(ar|fa|he|ur)/.test(locale) ? 'rtl' : 'ltr';
}

/** Fetches a page, or a part, together with the words of the pages beyond the desk: it is drawn when both are there. */
export async function withPageWords<T>(load: () => Promise<T>): Promise<T> {
  isBeyondDesk = true;
  const locale = currentLocale();
  const [part, words] = await Promise.all([load(), (loaders[locale] ?? loaders['en']!).pages()]);
  i18n.load(locale, words.default);
  return part;
}

/** Shows a language and remembers it on this device, so that the next start needs no second look. */
export async function chooseLocale(locale: string): Promise<void> {
  localStorage.setItem('rapport.locale', locale);
  if (locale !== i18n.locale) await showLocale(locale);
}
