import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';
import { eventually } from '../server/testing/mail/free-port.ts';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

interface Finding {
  id: string;
  help: string;
  nodes: { target: string[]; failureSummary?: string }[];
}

/** What axe finds wrong with the page as it stands: one text for each rule that is broken. `colours` looks at those alone, for a page that was looked at in the other theme. */
export async function findings(page: Page, what: 'everything' | 'colours' = 'everything'): Promise<string[]> {
  // A theme or a width that has just been changed is drawn within two frames.
  await page.evaluate('new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))');
  // Wait for what fades in: half-transparent text has no contrast yet.
  await eventually('nothing moves any more', () => page.evaluate<boolean>('document.getAnimations().every((each) => each.playState !== "running")'));
  // Once is enough for as long as the page lives.
  if (!(await page.evaluate('"axe" in window'))) await page.evaluate(axe);
  const violations = (await page.evaluate(`(async () => { return (await axe.run(document, { resultTypes: ['violations']${what === 'colours' ? ", runOnly: { type: 'rule', values: ['color-contrast', 'link-in-text-block'] }" : ''} })).violations; })()`)) as Finding[];
  return violations.map(({ id, help, nodes }) => `${id}: ${help}\n${nodes.slice(0, 4).map((node) => `    ${node.target.join(' ')}\n      ${node.failureSummary?.split('\n').slice(1).join('; ')}`).join('\n')}`);
}
