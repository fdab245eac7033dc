import { describe, it } from 'node:test';
import { noChromium } from './browser.ts';
import { openJourney } from './journey.ts';

describe('searching', { skip: noChromium, timeout: 240_000 }, () => {
  const journey = openJourney();

  it('finds words, parts of words, names, addresses, numbers and notes, and leads to the case', async () => {
    const { product, customers, company } = journey;
    const { client } = company.admin;
    await customers.write(product.smtpPort, { from: 'Grégoire Lefèvre <gregoire@elsewhere.test>', to: company.address, subject: 'Ma cafetière', text: 'La commande LC-48211 est arrivée cassée.' });
    await customers.write(product.smtpPort, { from: 'Jürgen Weiß <juergen@elsewhere.test>', to: company.address, subject: 'Größe', text: 'Passt der Siebträger?' });
    await customers.write(product.smtpPort, { from: 'ليلى <layla@elsewhere.test>', to: company.address, subject: 'سؤال عن المطحنة', text: 'متى تصل الشحنة؟' });
    const { items } = await client.cases.list({ query: { shelf: 'open' } });
    const french = items.find((each) => each.subject === 'Ma cafetière');
    await client.cases.addNote({ params: { caseId: french?.id ?? '' }, body: { text: 'Zephyr courier confirmed the damage.' } });

    const { page } = await journey.sit(company.admin);
    await page.goto('/search');
    const box = page.getByPlaceholder('Words, names, addresses, order numbers…');
    const finds = async (words: string, subject: string) => {
      await box.fill(words);
      await page.getByRole('main').getByText(subject).first().waitFor();
    };
    await finds('LC-48211', 'Ma cafetière');
    await finds('cassee', 'Ma cafetière');
    await finds('zephyr', 'Ma cafetière');
    await finds('gregoire lefevre', 'Ma cafetière');
    await finds('juergen@elsewhere.test', 'Größe');
    await finds('siebtr', 'Größe');
    await finds('الشحنة', 'سؤال عن المطحنة');
    await box.fill('nothing like this anywhere');
    await page.getByText('Nothing found for “nothing like this anywhere”').waitFor();

    await finds('cafetiere', 'Ma cafetière');
    await page.getByRole('main').getByText('Ma cafetière').first().click();
    await page.getByRole('region', { name: /^Case / }).getByText('Zephyr courier confirmed the damage.').waitFor();
  });
});
