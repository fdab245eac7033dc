import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { CaseStatus, Shelf } from '@rapport/contract';
import type { Page } from 'playwright-core';
import { eventually } from '../server/testing/mail/free-port.ts';
import { noChromium } from './browser.ts';
import { openJourney } from './journey.ts';

/** What an agent makes of a case when they have read it, and how it lies when the day is over. */
type Deed = 'reply' | 'savedReply' | 'macro' | 'keepForTwin' | 'mergeIntoTwin' | 'snooze' | 'assign' | 'take' | 'spam' | 'noteAndHold' | 'together';

interface Matter {
  name: string;
  address: string;
  subject: string;
  deed: Deed;
}

const FIRST = ['Ada', 'Bo', 'Cleo', 'Dirk', 'Ella', 'Finn', 'Gita', 'Hugo', 'Ines', 'Jan', 'Kira', 'Levi', 'Maja', 'Nils', 'Olga', 'Paul', 'Quin', 'Rosa', 'Sven', 'Tara', 'Ugo', 'Vera', 'Wim', 'Xenia', 'Yann', 'Zoe', 'Aron', 'Bea'];

/** Thirty mails of twenty-eight people: two of them write twice about the same matter. */
function matters(): Matter[] {
  const people = [...FIRST];
  const make = (deed: Deed, count: number): Matter[] => Array.from({ length: count }, () => {
    const first = people.shift() ?? '';
    return { name: `${first} Example`, address: `${first.toLowerCase()}@elsewhere.test`, subject: `Question of ${first}`, deed };
  });
  const twins = make('keepForTwin', 2).flatMap((one) => [one, { ...one, subject: `${one.subject} once more`, deed: 'mergeIntoTwin' as const }]);
  return [...make('reply', 6), ...twins, ...make('savedReply', 3), ...make('macro', 3), ...make('snooze', 3), ...make('assign', 3), ...make('take', 2), ...make('spam', 2), ...make('noteAndHold', 1), ...make('together', 3)];
}

/** Every key that is pressed is counted; there is nothing else in this hand. */
function handOf(page: Page) {
  const count = { commands: 0, letters: 0 };
  return {
    count,
    /** Presses keys one after the other, in the words of Playwright. */
    async press(...keys: readonly string[]): Promise<void> {
      for (const key of keys) {
        count.commands += 1;
        await page.keyboard.press(key);
      }
    },
    /** Types letters by which something is chosen: they count as commands. */
    async look(letters: string): Promise<void> {
      count.commands += letters.length;
      await page.keyboard.type(letters);
    },
    /** Types words to a person. */
    async write(words: string): Promise<void> {
      count.letters += words.length;
      await page.keyboard.type(words);
    },
  };
}

describe('a working day with the keyboard alone', { skip: noChromium, timeout: 600_000 }, () => {
  const journey = openJourney();

  it('thirty cases come in, and in the evening none is left', async (t) => {
    const { product, customers, company } = journey;
    const { client } = company.admin;
    const tom = await company.hire('Tom Tide');
    const folder = await client.macros.createFolder({ body: { name: 'Daily', audience: 'everyone' } });
    await client.macros.create({ body: { name: 'Opening hours', folderId: folder.id, content: { texts: [{ text: 'Hello {{customer.firstName}}, we are open from nine to five.' }], actions: {} } } });
    await client.macros.create({ body: { name: 'Already answered', folderId: folder.id, content: { texts: [], actions: { addTags: ['answered-by-phone'], status: 'resolved' } } } });
    const all = matters();
    assert.equal(all.length, 30);
    for (const { name, address, subject } of all) await customers.write(product.smtpPort, { from: `${name} <${address}>`, to: company.address, subject, text: `Good morning, this is ${name}. Can you help me, please?` });
    const matterOf = (number: number): Matter => {
      const found = all[number - 1];
      assert.ok(found, `there is no case ${number}`);
      return found;
    };

    const { page } = await journey.sit(company.admin);
    let pointers = 0;
    await page.exposeFunction('countPointer', () => void (pointers += 1));
    await page.evaluate(`for (const kind of ['pointerdown', 'wheel']) addEventListener(kind, () => countPointer(), true)`);
    const hand = handOf(page);
    const region = (number: number) => page.getByRole('region', { name: `Case ${number}`, exact: true });
    const numberOpen = () => Number(/^\/cases\/[a-z]+\/(\d+)$/.exec(new URL(page.url()).pathname)?.[1] ?? 0);
    const focusIn = (what: string) => page.locator(`${what}:focus`).waitFor();
    const editing = () => focusIn('[role=textbox][aria-multiline]');
    const done = new Set<number>();
    /** The next case that nobody has dealt with: the one a deed has opened by itself, else one key away. */
    const nextCase = async (): Promise<number> => {
      if (done.has(numberOpen()) || numberOpen() === 0) {
        const from = numberOpen();
        await hand.press('j');
        await eventually(`a case after ${from}`, async () => numberOpen() !== from);
      }
      const number = numberOpen();
      await region(number).getByRole('heading', { name: matterOf(number).subject, exact: true }).waitFor();
      return number;
    };
    /** The case is no longer the one on the screen, or not in the list: what a deed shows first. */
    const isAway = (number: number) => eventually(`case ${number} leaves the list`, async () => (await page.getByRole('option', { name: new RegExp(`${matterOf(number).subject}(?! once)`) }).count()) === 0);
    /** The same for a deed that opens the next case by itself. */
    const goesOn = async (number: number) => {
      await eventually(`case ${number} makes room`, async () => numberOpen() !== number);
      await isAway(number);
    };
    const send = async (number: number) => {
      await hand.press('Control+Enter');
      await page.getByText(`Sending your reply on #${number}…`).waitFor();
      await hand.press('Escape');
      await focusIn('[data-case-list]');
    };

    const deeds: Record<Deed, (number: number) => Promise<void>> = {
      async reply(number) {
        await page.getByRole('textbox', { name: `Reply to ${matterOf(number).name}` }).waitFor();
        await hand.press('r');
        await editing();
        await hand.write(`Dear ${matterOf(number).name}, yes, and it costs nothing.`);
        await send(number);
      },
      async savedReply(number) {
        await page.getByRole('textbox', { name: `Reply to ${matterOf(number).name}` }).waitFor();
        await hand.press('r');
        await editing();
        await hand.press('/');
        await focusIn('[role=combobox]');
        await hand.look('open');
        await page.getByRole('dialog', { name: 'Saved replies and macros' }).getByText('we are open from nine').waitFor();
        await hand.press('Enter');
        await page.locator('[role=textbox][aria-multiline]').getByText('we are open from nine').waitFor();
        await send(number);
      },
      async macro(number) {
        await page.getByRole('textbox', { name: `Reply to ${matterOf(number).name}` }).waitFor();
        await hand.press(';');
        await focusIn('[role=combobox]');
        await hand.look('alre');
        await page.getByRole('dialog', { name: 'Saved replies and macros' }).getByRole('option', { name: /Already answered/ }).waitFor();
        await hand.press('Enter');
        await isAway(number);
      },
      async keepForTwin(number) {
        // By now the second mail lies here too, and one answer does for both.
        await page.getByRole('region', { name: 'What happened' }).getByRole('article').nth(1).waitFor();
        await deeds.reply(number);
      },
      async mergeIntoTwin(number) {
        await hand.press('Shift+M');
        const dialog = page.getByRole('dialog');
        await focusIn('[role=dialog] input');
        await dialog.getByRole('radio', { name: new RegExp(`#${number - 1}\\b`) }).waitFor();
        await hand.press('ArrowDown');
        await dialog.getByRole('button', { name: `Merge into #${number - 1}` }).waitFor();
        await hand.press('Enter');
        await region(number - 1).waitFor();
      },
      async snooze(number) {
        await hand.press('b');
        await focusIn('[role=dialog] input');
        await hand.look('tom');
        await hand.press('Enter');
        await goesOn(number);
      },
      async assign(number) {
        await hand.press('a');
        await focusIn('[role=dialog] input');
        await hand.look('tom');
        await page.getByRole('option', { name: /Tom Tide/ }).waitFor();
        await hand.press('Enter');
        await isAway(number);
      },
      async take(number) {
        await hand.press('i');
        await isAway(number);
      },
      async spam(number) {
        await hand.press('Shift+!');
        await goesOn(number);
      },
      async noteAndHold(number) {
        await hand.press('n');
        await editing();
        await hand.write('The depot calls back on Monday.');
        await hand.press('Control+Enter');
        await page.getByRole('article', { name: /^Note by Hanna Hafen/ }).waitFor();
        await hand.press('Escape');
        // A slip, and the way back.
        await hand.press('e');
        await goesOn(number);
        await hand.press('u');
        await region(number).waitFor();
        await page.getByRole('option', { name: matterOf(number).subject }).waitFor();
        await hand.press('p');
        await focusIn('[role=dialog] input');
        await hand.look('urg');
        await hand.press('Enter');
        await eventually('it is urgent', async () => (await client.cases.findByNumber({ params: { number } })).priority === 'urgent');
        await hand.press('s');
        await focusIn('[role=dialog] input');
        await hand.look('hold');
        await hand.press('Enter');
        await isAway(number);
      },
      async together(number) {
        const three = [number, number - 1, number - 2];
        for (const each of three) {
          if (each !== number) {
            await hand.press('j');
            await region(each).waitFor();
          }
          await hand.press('x');
        }
        const bar = page.getByRole('region', { name: 'Change the selected cases' });
        await bar.getByText('3 cases selected').waitFor();
        await hand.press('e');
        await page.getByText('3 cases changed').waitFor();
        for (const each of three) {
          await isAway(each);
          done.add(each);
        }
      },
    };

    await page.getByRole('link', { name: /^My open/ }).waitFor();
    await hand.press('g', 'u');
    await page.getByRole('option', { name: /Question of Bea/ }).waitFor();
    const spent = new Map<Deed, { cases: number; commands: number }>();
    while (done.size < all.length) {
      const before = hand.count.commands;
      const already = done.size;
      const number = await nextCase();
      const { deed } = matterOf(number);
      await deeds[deed](number);
      done.add(number);
      const sum = spent.get(deed) ?? { cases: 0, commands: 0 };
      spent.set(deed, { cases: sum.cases + done.size - already, commands: sum.commands + hand.count.commands - before });
    }
    await page.getByText('This queue is empty').waitFor();

    // What was taken is done in the end, too.
    await hand.press('g', 'm');
    await page.waitForURL('**/cases/mine');
    await page.getByRole('option').first().waitFor();
    for (let left = 2; left > 0; left -= 1) {
      if (numberOpen() === 0) await hand.press('j');
      await eventually('a case of one’s own is open', async () => numberOpen() > 0 && matterOf(numberOpen()).deed === 'take');
      const number = numberOpen();
      await region(number).getByRole('heading', { name: matterOf(number).subject, exact: true }).waitFor();
      await hand.press('e');
      await goesOn(number);
    }
    await eventually('nothing of one’s own is left', async () => (await client.cases.counts()).mine === 0);

    const expected: Record<Deed, { status: CaseStatus; shelf: Shelf }> = {
      reply: { status: 'pending', shelf: 'pending' }, savedReply: { status: 'pending', shelf: 'pending' }, keepForTwin: { status: 'pending', shelf: 'pending' }, mergeIntoTwin: { status: 'new', shelf: 'merged' },
      macro: { status: 'resolved', shelf: 'resolved' }, take: { status: 'resolved', shelf: 'resolved' }, together: { status: 'resolved', shelf: 'resolved' }, noteAndHold: { status: 'on_hold', shelf: 'on_hold' },
      snooze: { status: 'new', shelf: 'snoozed' }, assign: { status: 'new', shelf: 'open' }, spam: { status: 'new', shelf: 'spam' },
    };
    for (const [index, { deed, address, name }] of all.entries()) {
      const number = index + 1;
      const answers = ['reply', 'savedReply', 'keepForTwin'].includes(deed);
      if (answers) assert.match((await customers.mailFor(address)).mail.text ?? '', deed === 'savedReply' ? new RegExp(`^Hello ${name.split(' ')[0]}, we are open`) : new RegExp(`^Dear ${name}, yes`));
      const end = await eventually(`case ${number} (${deed}) is ${expected[deed].shelf}`, async () => {
        const found = await client.cases.findByNumber({ params: { number } });
        return found.shelf === expected[deed].shelf ? found : undefined;
      });
      if (deed !== 'mergeIntoTwin') assert.equal(end.status, expected[deed].status, `case ${number}, ${deed}`);
      if (deed === 'mergeIntoTwin') assert.equal(end.mergedInto?.number, number - 1, 'the old number leads to where it went');
      if (deed === 'keepForTwin') assert.equal(end.messageCount, 3, 'both mails and one answer');
      if (deed === 'assign') assert.equal(end.assignee?.id, tom.id);
      if (deed === 'macro') assert.deepEqual(end.tags, ['answered-by-phone']);
      if (deed === 'noteAndHold') assert.equal(end.priority, 'urgent');
      if (!answers && deed !== 'mergeIntoTwin') assert.equal(customers.mailbox(address).length, 0, `${address} has got nothing`);
    }
    const { open } = (await client.cases.counts()).shelves;
    assert.equal(open, 3, 'open is only what a colleague has now');
    assert.equal(pointers, 0, 'no pointer was used');
    const perDeed = [...spent].map(([deed, { cases, commands }]) => `${deed} ${(commands / cases).toFixed(1)}`).join(', ');
    t.diagnostic(`${hand.count.commands} keys for ${all.length} cases (${(hand.count.commands / all.length).toFixed(1)} a case) and ${hand.count.letters} letters to people; keys a case: ${perDeed}`);
  });
});
