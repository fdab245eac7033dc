import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';

/** Luminance of an oklch colour after clipping to sRGB, as WCAG counts it. */
function luminance(l: number, c: number, h: number): number {
  const a = c * Math.cos((h * Math.PI) / 180);
  const b = c * Math.sin((h * Math.PI) / 180);
  const [L, M, S] = [(l + 0.3963377774 * a + 0.2158037573 * b) ** 3, (l - 0.1055613458 * a - 0.0638541728 * b) ** 3, (l - 0.0894841775 * a - 1.291485548 * b) ** 3];
  const clip = (value: number) => Math.min(1, Math.max(0, value));
  const red = clip(4.0767416621 * L - 3.3077115913 * M + 0.2309699292 * S);
  const green = clip(-1.2684380046 * L + 2.6097574011 * M - 0.3413193965 * S);
  const blue = clip(-0.0041960863 * L - 0.7034186147 * M + 1.707614701 * S);
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function readTheme(css: string, start: string): Map<string, number> {
  const block = css.slice(css.indexOf(start), css.indexOf('}', css.indexOf(start)));
  const found = new Map<string, number>();
  for (const [, name, l, c, h] of block.matchAll(/--([\w-]+): oklch\(([\d.]+) ([\d.]+) ([\d.]+)\)/g)) found.set(name!, luminance(Number(l), Number(c), Number(h)));
  return found;
}

const css = readFileSync(new URL('./tokens.css', import.meta.url), 'utf8');
const themes = { light: readTheme(css, ':root {'), dark: readTheme(css, ":root[data-theme='dark']") };
const grounds = ['canvas', 'surface', 'raised', 'rail', 'sunken', 'accent-soft', 'ours'];
const states = ['accent', 'clay', 'honey', 'moss', 'plum', 'slate'];
/** Text on ground; AA asks for 4.5. */
const texts = [
  ...grounds.flatMap((ground) => ['ink', 'ink-2', 'ink-3'].map((ink) => [ink, ground] as const)),
  ...states.flatMap((state) => ['canvas', 'surface', 'raised', `${state}-soft`].map((ground) => [state, ground] as const)),
  ...states.map((state) => ['ink', `${state}-soft`] as const),
  ['on-accent', 'accent'], ['on-accent', 'accent-press'], ['surface', 'clay'], ['surface', 'honey'], ['surface', 'ink'], ['moss', 'ours'], ['ink-2', 'honey-soft'],
] as [string, string][];
/** What must be seen but not read, such as borders of fields and the focus ring; AA asks for 3. */
const marks = [...['canvas', 'surface', 'raised'].flatMap((ground) => [['line-strong', ground], ['focus', ground], ['accent', ground]] as [string, string][])];

for (const [name, theme] of Object.entries(themes)) {
  const ratio = (a: string, b: string) => {
    const [one, other] = [theme.get(a), theme.get(b)];
    assert.ok(one !== undefined && other !== undefined, `${name}: ${a} or ${b} is not a token`);
    return (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
  };
  test(`every text can be read on its ground in the ${name} theme`, () => {
    assert.deepEqual(texts.filter(([text, ground]) => ratio(text, ground) < 4.5).map(([text, ground]) => `${text} on ${ground}: ${ratio(text, ground).toFixed(2)}`), []);
  });
  test(`every border and focus ring can be seen in the ${name} theme`, () => {
    assert.deepEqual(marks.filter(([mark, ground]) => ratio(mark, ground) < 3).map(([mark, ground]) => `${mark} on ${ground}: ${ratio(mark, ground).toFixed(2)}`), []);
  });
}
