import type { MacroContent } from '@rapport/contract';
import { newId } from '../../platform/ids.ts';
import { listener } from '../../platform/events/index.ts';
import { textToHtml } from '../../platform/text-to-html.ts';
import { findFounderLocale, insertFolder, writeMacro } from './macro-store.ts';
import { starters, type Starter } from './starter-texts.ts';

/** What a starter becomes: its text in one language, and before it the other for customers who write in that. */
export function starterContent({ text, actions = {} }: Starter, locale: 'en' | 'de'): MacroContent {
  const other = locale === 'de' ? 'en' : 'de';
  const texts = [{ when: { language: other }, text: text[other] }, { when: {}, text: text[locale] }].map((each) => ({ ...each, html: textToHtml(each.text).replaceAll('\n', '') }));
  return { texts, actions };
}

/** A new account begins with answers to what everybody is asked first, in the language of whoever set it up. They are ordinary macros: change them, remove them. */
export const layStarterMacros = listener({
  name: 'automation.lay-starter-macros',
  topics: ['account.founded'],
  async handle(ctx) {
    const locale = (await findFounderLocale(ctx)) === 'de' ? 'de' : 'en';
    const folderId = newId();
    await insertFolder(ctx, { id: folderId, name: starters.folder[locale], audience: 'everyone', ownerId: null, teamId: null });
    for (const starter of starters.macros) await writeMacro(ctx, { id: newId(), folderId, name: starter.name[locale], content: starterContent(starter, locale), version: 1, isShipped: true, byId: null, byName: 'Rapport' });
  },
});
