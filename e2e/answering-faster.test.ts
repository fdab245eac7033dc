import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { eventually } from '../server/testing/mail/free-port.ts';
import { findings } from './axe.ts';
import { noChromium } from './browser.ts';
import { openJourney } from './journey.ts';
import { written } from './written.ts';

describe('answering faster', { skip: noChromium, timeout: 240_000 }, () => {
  const journey = openJourney();

  it('a macro answers a case in six acts, and does what it should with it', async () => {
    const { product, customers, company } = journey;
    const { client } = company.admin;
    await customers.write(product.smtpPort, { from: 'Ida Berg <ida@elsewhere.test>', to: company.address, subject: 'Refund', text: 'Good morning, please send me the money for the lamp that never came to my house.' });
    const folder = await client.macros.createFolder({ body: { name: 'Money', audience: 'everyone' } });
    const made = await client.macros.create({
      body: { name: 'Refund is on its way', folderId: folder.id, content: { texts: [{ text: '', html: '<p>Hello {{customer.firstName}},</p><p>case <strong>{{case.number}}</strong>: the money is on its way.</p>' }], actions: { addTags: ['refund'], priority: 'high', status: 'resolved' } } },
    });
    const { page } = await journey.sit(company.admin);
    await page.goto('/cases/open');
    await page.getByRole('option', { name: /Ida Berg/ }).waitFor();
    let acts = 0;
    const act = async (key: string) => {
      acts += 1;
      await page.keyboard.press(key);
    };
    await act('j');
    await page.getByRole('textbox', { name: 'Reply to Ida Berg' }).waitFor();
    await act('r');
    await page.locator('[role=textbox][aria-multiline]:focus').waitFor();
    // Typing a word is one act, as on the way to a name.
    acts += 1;
    await page.keyboard.type('/');
    await page.getByRole('combobox', { name: 'Find a saved reply or macro…' }).waitFor();
    await page.keyboard.type('refudn');
    const picker = page.getByRole('dialog', { name: 'Saved replies and macros' });
    await picker.getByText('Hello Ida,').waitFor();
    await act('Enter');
    await page.getByText('With sending:').waitFor();
    assert.match(await written(page.getByRole('textbox', { name: 'Reply to Ida Berg' })), /^Hello Ida,\n\ncase 1: the money is on its way\.$/);
    await act('Control+Enter');
    await page.getByText(/Goes out in/).waitFor();
    assert.ok(acts <= 6, `${acts} acts`);
    await page.keyboard.press('Escape');
    const { mail } = await customers.mailFor('ida@elsewhere.test');
    assert.match(mail.html ?? '', /<strong>1<\/strong>: the money/);
    assert.match(mail.text ?? '', /^Hello Ida,\n\ncase 1: the money is on its way\./);
    await eventually('the case is as the macro says', async () => {
      const found = await client.cases.findByNumber({ params: { number: 1 } });
      return found.status === 'resolved' && found.priority === 'high' && found.tags.includes('refund');
    });
    assert.equal((await client.macros.get({ params: { macroId: made.id } })).uses, 1);
  });

  it('formatting, a picture and what is pasted reach the customer, and nothing that should not', async () => {
    const { product, customers, company } = journey;
    await customers.write(product.smtpPort, { from: 'Jon Dahl <jon@elsewhere.test>', to: company.address, subject: 'How to', text: 'How does it work?' });
    const { page } = await journey.sit(company.admin);
    await page.goto('/cases/open');
    await page.getByRole('option', { name: /Jon Dahl/ }).click();
    const editor = page.locator('[role=textbox][aria-multiline]');
    await editor.click();
    await page.keyboard.type('Hello **Jon** :wave:');
    await page.keyboard.press('Enter');
    await page.keyboard.type('- first');
    await page.keyboard.press('Enter');
    await page.keyboard.type('second');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Enter');
    await page.evaluate(`(() => {
      const data = new DataTransfer();
      data.setData('text/html', '<html><head><style>p{color:red}</style></head><body><!--StartFragment--><b style="font-weight:normal" id="docs-internal-guid-1"><p class=MsoNormal style="mso-x:y">From <span style="font-weight:700">Word</span><o:p></o:p></p></b><img src="https://tracker.test/1.gif"><!--EndFragment--></body></html>');
      document.activeElement.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
    })()`);
    await editor.getByText('From Word').waitFor();
    await page.locator('input[type=file][accept]').setInputFiles({ name: 'lamp.png', mimeType: 'image/png', buffer: Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64') });
    await editor.locator('img[data-cid]').waitFor();
    await page.getByText(/^Draft saved/).waitFor();
    await page.reload();
    await editor.locator('img[data-cid]').waitFor();
    assert.match(await editor.innerHTML(), /<strong>Jon<\/strong> 👋/, 'a draft keeps its formatting');
    await editor.click();
    await page.keyboard.press('Control+Enter');
    await page.getByRole('button', { name: 'Send now' }).click();
    const { mail, raw } = await customers.mailFor('jon@elsewhere.test');
    assert.match(mail.html ?? '', /<p>Hello <strong>Jon<\/strong> 👋<\/p><ul><li><p>first<\/p><\/li><li><p>second<\/p><\/li><\/ul><p>From <strong>Word<\/strong>/);
    assert.doesNotMatch(raw, /tracker\.test|MsoNormal/);
    const [picture] = mail.attachments;
    assert.match(mail.html ?? '', new RegExp(`src="cid:${(picture?.contentId ?? 'none').replace(/[<>]/g, '')}"`));
    assert.match(raw, /multipart\/related/);
    assert.match(raw, /multipart\/alternative/);
  });

  it('a picture that is dropped on the answer and a table reach the customer', async () => {
    const { product, customers, company } = journey;
    await customers.write(product.smtpPort, { from: 'Eva Lind <eva@elsewhere.test>', to: company.address, subject: 'Which one', text: 'Which lamp is which?' });
    const { page } = await journey.sit(company.admin);
    await page.goto('/cases/open');
    await page.getByRole('option', { name: /Eva Lind/ }).click();
    const editor = page.getByRole('textbox', { name: 'Reply to Eva Lind' });
    await editor.click();
    const carried = await page.evaluateHandle(`(() => {
      const data = new DataTransfer();
      data.items.add(new File([Uint8Array.from(atob('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='), (sign) => sign.charCodeAt(0))], 'dropped.png', { type: 'image/png' }));
      return data;
    })()`);
    for (const event of ['dragenter', 'dragover', 'drop']) await editor.dispatchEvent(event, { dataTransfer: carried });
    await editor.locator('img[data-cid]').waitFor();
    await editor.focus();
    await page.keyboard.press('Control+End');
    await page.keyboard.press('Enter');
    await page.getByRole('toolbar', { name: 'Formatting' }).getByRole('button', { name: 'Table', exact: true }).click();
    await editor.locator('table').waitFor();
    for (const words of ['Lamp', 'Price', 'Small', '20']) {
      await page.keyboard.type(words);
      await page.keyboard.press('Tab');
    }
    await page.getByText(/^Draft saved/).waitFor();
    await page.keyboard.press('Control+Enter');
    await page.getByRole('button', { name: 'Send now' }).click();
    const { mail } = await customers.mailFor('eva@elsewhere.test');
    const [picture] = mail.attachments;
    assert.equal(picture?.mimeType, 'image/png');
    assert.match(mail.html ?? '', new RegExp(`src="cid:${(picture?.contentId ?? 'none').replace(/[<>]/g, '')}"`));
    assert.match(mail.html ?? '', /<table[^>]*>.*<th[^>]*><p>Lamp<\/p><\/th><th[^>]*><p>Price<\/p><\/th>.*<td[^>]*><p>Small<\/p><\/td><td[^>]*><p>20<\/p><\/td>/s);
    assert.match(mail.text ?? '', /Lamp.*Price.*Small.*20/s, 'whoever reads plain text has the words, too');
  });

  it('the toolbar is one stop, goes by arrows, and the editor has no fault a checker finds', async () => {
    const { company } = journey;
    const { page } = await journey.sit(company.admin);
    await page.goto('/cases/open/2');
    const bar = page.getByRole('toolbar', { name: 'Formatting' });
   
    await bar.waitFor();
    const bold = bar.getByRole('button', { name: 'Bold' });
    await bold.focus();
    await page.keyboard.press('ArrowRight');
    assert.equal(await page.locator(':focus').getAttribute('aria-label'), 'Italic');
    await page.keyboard.press('End');
    await page.keyboard.press('ArrowRight');
    assert.equal(await page.locator(':focus').getAttribute('aria-label'), 'Bold');
    assert.equal(await bar.locator('[tabindex="0"]').count(), 1);
    assert.deepEqual(await findings(page), []);
    await page.getByRole('button', { name: 'Saved replies and macros' }).click();
    await page.getByRole('combobox', { name: 'Find a saved reply or macro…' }).waitFor();
    assert.deepEqual(await findings(page), []);
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Write plain text' }).click();
    await page.locator('textarea').waitFor();
    await page.reload();
    await page.locator('textarea').waitFor();
    await page.getByRole('button', { name: 'Write with formatting' }).click();
    await bar.waitFor();
  });

  it('what is not filled in is asked about before it goes out', async () => {
    const { company } = journey;
    const { page } = await journey.sit(company.admin);
    await page.goto('/cases/open/2');
    const editor = page.locator('[role=textbox][aria-multiline]');
    await editor.click();
    await page.keyboard.type('Hello {{customer.firstName}}');
    await editor.locator('.open-variable').waitFor();
    await page.keyboard.press('Control+Enter');
    await page.getByText('Not filled in yet: {{customer.firstName}}').waitFor();
    await page.getByRole('button', { name: 'Back' }).or(page.getByRole('dialog').getByRole('button').first()).first().click();
  });

  it('somebody writes a saved reply of their own and sees how it reads', async () => {
    const { company } = journey;
    const colleague = await company.hire('Ben Boot');
    const { page } = await journey.sit(colleague);
    await page.goto('/admin/macros');
    await page.getByText('We have it and look into it').waitFor();
    assert.deepEqual(await findings(page), []);
    await page.getByRole('link', { name: 'New saved reply' }).click();
    await page.getByRole('textbox', { name: 'Name', exact: true }).fill('My hello');
    const text = page.getByRole('textbox', { name: 'Text 1' });
    await text.click();
    await page.keyboard.type('Hello {{customer.name}} from {{agent.firstName}}');
    await page.getByRole('textbox', { name: 'Number of the case' }).fill('2');
    await page.getByRole('button', { name: 'Show' }).click();
    await page.getByText('Hello Jon Dahl from Ben').waitFor();
    assert.deepEqual(await findings(page), []);
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('link', { name: /My hello/ }).waitFor();
    assert.equal((await company.admin.client.macros.list()).items.some((macro) => macro.name === 'My hello'), false, 'it is Ben’s own');
  });

  it('a team takes up ready texts after reading them, and names the folder as it likes', async () => {
    const { company } = journey;
    const { page } = await journey.sit(company.admin);
    await page.goto('/admin/macros');
    await page.getByRole('link', { name: 'Start with these' }).click();
    await page.getByRole('button', { name: 'Read “Out of stock”' }).click();
    await page.getByText('I would rather tell you now than let you wait').waitFor();
    assert.deepEqual(await findings(page), []);
    await page.getByRole('checkbox', { name: 'Out of stock' }).click();
    await page.getByRole('checkbox', { name: 'The refund is under way' }).click();
    await page.getByRole('button', { name: 'Take up 2 texts' }).click();
    await page.getByRole('link', { name: /Out of stock/ }).waitFor();
    await page.getByRole('button', { name: 'Rename the folder First answers' }).click();
    const field = page.getByRole('textbox', { name: 'Name of the folder' });
    await field.fill('Daily bread');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('heading', { name: 'Daily bread' }).waitFor();
    const taken = (await company.admin.client.macros.list()).items.find((macro) => macro.name === 'The refund is under way');
    assert.deepEqual([taken?.folder.name, taken?.folder.audience, taken?.hasActions], ['Daily bread', 'everyone', true]);
  });

  it('the palette takes a saved reply up for the case on the screen', async () => {
    const { page } = await journey.sit(journey.company.admin);
    await page.goto('/cases/open/2');
    await page.locator('[role=textbox][aria-multiline]').waitFor();
    await page.keyboard.press('Control+k');
    const field = page.getByPlaceholder('Do, go or find anything…');
    await field.waitFor();
    await field.fill('ask for the order number');
    await page.getByRole('option', { name: 'Ask for the order number', exact: true }).waitFor();
    await page.keyboard.press('Enter');
    await page.getByText('so that I can find your order').waitFor();
    await page.getByText('With sending:').waitFor();
  });
});
