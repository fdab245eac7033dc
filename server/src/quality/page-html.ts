import { scoresOf, surveyScales, type SurveyAsked } from '@rapport/contract';
import { directionOf, languageFor, wordsIn } from './words.ts';

const escaped = (text: string): string => text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);

const document = (language: string, title: string, body: string): string =>
  `<!doctype html><html lang="${languageFor(language)}" dir="${directionOf(language)}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="robots" content="noindex"><title>${escaped(title)}</title><link rel="stylesheet" href="/survey/style.css"><script src="/survey/script.js" defer></script></head><body><main>${body}</main></body></html>`;

/** The question with its scale, as a form. `chosen` stands already; `isTaken`: the score has been taken, and a word on it is welcome. */
export function questionPage(asked: SurveyAsked, { chosen, isTaken = false, isMissing = false }: { chosen: number | undefined; isTaken?: boolean; isMissing?: boolean }): string {
  const words = wordsIn(asked.language);
  const [worst, best] = words.ends[asked.kind];
  const { from, to } = surveyScales[asked.kind];
  const now = chosen ?? asked.score ?? undefined;
  const meaning = (score: number) => (score === from ? `, ${worst}` : score === to ? `, ${best}` : '');
  const choice = (score: number) => `<label><input type="radio" name="score" value="${score}" required${score === now ? ' checked' : ''} aria-label="${escaped(`${score}${meaning(score)}`)}"><span aria-hidden="true">${score}</span></label>`;
  const isSent = chosen !== undefined && asked.score === null && !isTaken && !isMissing;
  return document(asked.language, asked.question, `
<form method="post"${isSent ? ' data-chosen' : ''}>
${isTaken ? `<p class="taken" role="status">${escaped(words.thanks)}</p>` : ''}
<fieldset><legend><h1 dir="auto">${escaped(asked.question)}</h1></legend>
${isMissing ? `<p class="missing" role="alert">${escaped(words.chooseFirst)}</p>` : ''}
<div class="scale">${scoresOf(asked.kind).map(choice).join('')}</div>
<p class="ends" aria-hidden="true"><span>${escaped(worst)}</span><span>${escaped(best)}</span></p></fieldset>
<label class="words"><span>${escaped(words.comment)}</span><textarea name="comment" rows="4" maxlength="2000" dir="auto">${escaped(asked.comment)}</textarea></label>
<button type="submit">${escaped(words.send)}</button>
<p class="quiet">${escaped(words.whoSees)}</p>
</form>`);
}

export function thanksPage(asked: SurveyAsked): string {
  const words = wordsIn(asked.language);
  return document(asked.language, words.thanks, `<h1>${escaped(words.thanks)}</h1><p>${escaped(words.thanksLong)}</p><p><a href="?">${escaped(words.change)}</a></p>`);
}

export function overPage(language: string): string {
  const words = wordsIn(language);
  return document(language, words.over, `<h1>${escaped(words.over)}</h1><p>${escaped(words.overLong)}</p>`);
}

export const style = `
:root { color-scheme: light dark; --ink: #1d2327; --soft: #5b6670; --ground: #f6f4f0; --card: #fff; --line: #c9c4ba; --brand: #0f6b70; --on: #fff; --bad: #a3341f; }
@media (prefers-color-scheme: dark) { :root { --ink: #f1efe9; --soft: #b3bac0; --ground: #14181b; --card: #1e2428; --line: #49545c; --brand: #5cc3c6; --on: #0b1a1b; --bad: #ff9c86; } }
* { box-sizing: border-box; }
body { margin: 0; min-height: 100vh; background: var(--ground); color: var(--ink); font: 400 17px/1.5 system-ui, sans-serif; display: grid; place-items: start center; padding: clamp(16px, 8vh, 96px) 16px 32px; }
main { inline-size: 100%; max-inline-size: 560px; background: var(--card); border: 1px solid var(--line); border-radius: 16px; padding: clamp(20px, 5vw, 40px); }
h1 { margin: 0 0 20px; font-size: 1.35rem; line-height: 1.3; text-wrap: balance; }
form { display: flex; flex-direction: column; gap: 20px; }
fieldset { border: 0; margin: 0; padding: 0; min-inline-size: 0; }
legend { padding: 0; }
.scale { display: flex; flex-wrap: wrap; gap: 8px; }
.scale label { position: relative; flex: 1 0 44px; }
.scale input { position: absolute; inset: 0; inline-size: 100%; block-size: 100%; margin: 0; opacity: 0; cursor: pointer; }
.scale span { display: grid; place-items: center; min-block-size: 48px; border: 2px solid var(--line); border-radius: 12px; font-weight: 600; }
.scale input:hover + span { border-color: var(--brand); }
.scale input:checked + span { background: var(--brand); border-color: var(--brand); color: var(--on); }
.scale input:focus-visible + span { outline: 3px solid var(--brand); outline-offset: 3px; }
.ends { display: flex; justify-content: space-between; gap: 16px; margin: 8px 0 0; color: var(--soft); font-size: .9rem; }
.ends span:last-child { text-align: end; }
.words { display: flex; flex-direction: column; gap: 6px; }
textarea { font: inherit; color: inherit; background: transparent; border: 1px solid var(--soft); border-radius: 10px; padding: 10px 12px; resize: vertical; }
button { font: inherit; font-weight: 600; min-block-size: 48px; border: 0; border-radius: 12px; background: var(--brand); color: var(--on); cursor: pointer; }
button:focus-visible, textarea:focus-visible, a:focus-visible { outline: 3px solid var(--brand); outline-offset: 3px; }
a { color: var(--brand); }
p { margin: 0; }
h1 + p, p + p { margin-block-start: 12px; }
.quiet { color: var(--soft); font-size: .85rem; }
.missing { color: var(--bad); margin-block-end: 12px; font-weight: 600; }
.taken { font-weight: 600; color: var(--brand); }
`;

/** A score that was chosen in the mail is handed in at the first sign that a person is here; a program that only opens the page gives none. */
export const script = `
const form = document.querySelector('form[data-chosen]');
const signs = ['pointermove', 'pointerdown', 'touchstart', 'keydown', 'scroll'];
const onSign = (event) => {
  if (!event.isTrusted) return;
  for (const sign of signs) removeEventListener(sign, onSign);
  const score = form.querySelector('input:checked');
  if (score && document.visibilityState === 'visible') void fetch(location.pathname, { method: 'POST', body: new URLSearchParams({ score: score.value }) });
};
if (form) for (const sign of signs) addEventListener(sign, onSign, { passive: true });
`;
