import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { phrase } from './phrase.ts';
import { randomFrom } from './random.ts';

const say = (template: string, facts: Record<string, string> = {}, seed = 'a') => phrase(template, randomFrom(seed), facts);

describe('a phrase', () => {
  it('chooses, also within a choice, and knows its facts', () => {
    const seen = new Set(Array.from({ length: 60 }, (_, i) => say('[Where is|Any news of] {order}[|, [please|thank you]]?', { order: 'LC-1' }, String(i))));
    assert.deepEqual([...seen].sort(), ['Any news of LC-1, please?', 'Any news of LC-1, thank you?', 'Any news of LC-1?', 'Where is LC-1, please?', 'Where is LC-1, thank you?', 'Where is LC-1?']);
  });
  it('joins lines, parts paragraphs and keeps lists', () => {
    assert.equal(say('\n  One\n  line.\n\n  1. first\n     and more\n  2. second\n'), 'One line.\n\n1. first and more\n2. second');
  });
  it('leaves no gap where nothing was chosen', () => {
    assert.equal(say('Thanks [], all is well [].'), 'Thanks, all is well.');
    assert.equal(say('Où est-il [] ?'), 'Où est-il ?');
  });
  it('never says what it does not know', () => {
    assert.throws(() => say('Order {order}'), /no fact "order"/);
    assert.throws(() => say('[One|two'), /not closed/);
  });
});
