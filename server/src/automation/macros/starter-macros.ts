import { newId } from '../../platform/ids.ts';
import { listener } from '../../platform/events/index.ts';
import { textToHtml } from '../../platform/text-to-html.ts';
import { findFounderLocale, insertFolder, writeMacro } from './macro-store.ts';
import { starters } from './starter-texts.ts';

/** A new account begins with answers to what everybody is asked first, in the language of whoever set it up, with a second one for customers who write in the other. They are ordinary macros: change them, remove them. */
export const layStarterMacros = listener({
  name: 'automation.lay-starter-macros',
  topics: ['account.founded'],
  async handle(ctx) {
    const locale = (await findFounderLocale(ctx)) === 'de' ? 'de' : 'en';
    const other = locale === 'de' ? 'en' : 'de';
    const folderId = newId();
    await insertFolder(ctx, { id: folderId, name: starters.folder[locale], audience: 'everyone', ownerId: null, teamId: null });
    for (const { name, text, actions = {} } of starters.macros) {
      const texts = [{ when: { language: other }, text: text[other] }, { when: {}, text: text[locale] }].map((each) => ({ ...each, html: textToHtml(each.text).replaceAll('\n', '') }));
      await writeMacro(ctx, { id: newId(), folderId, name: name[locale], content: { texts, actions }, version: 1, isShipped: true, byId: null, byName: 'Rapport' });
    }
  },
});
