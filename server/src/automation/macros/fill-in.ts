import { macroVariables } from '@rapport/contract';
import { escapeHtml } from '../../platform/text-to-html.ts';

export type MacroFacts = Readonly<Record<(typeof macroVariables)[number], string>>;

export interface FilledIn {
  text: string;
  html: string | null;
  /** Variables nothing is known for. */
  missing: string[];
  /** Names that are no variables. */
  unknown: string[];
}

const VARIABLE = /\{\{\s*([\w.]{1,60})\s*\}\}/g;
const names = new Map<string, (typeof macroVariables)[number]>(macroVariables.map((name) => [name.toLowerCase(), name]));

/**
 * Puts what is known in the place of the variables. What is empty or no variable stays as it was written, for the agent to see and mend. Text and HTML are each walked once, so a value
 * that looks like a variable is not taken for one; in HTML a value is text, never markup.
 */
export function fillIn(written: { text: string; html?: string | null | undefined }, facts: MacroFacts): FilledIn {
  const missing = new Set<string>();
  const unknown = new Set<string>();
  const fill = (text: string, escape: (value: string) => string) => text.replace(VARIABLE, (whole, name: string) => {
    const variable = names.get(name.toLowerCase());
    const value = variable === undefined ? '' : facts[variable];
    if (value !== '') return escape(value);
    (variable === undefined ? unknown : missing).add(variable ?? name);
    return whole;
  });
  return { text: fill(written.text, (value) => value), html: written.html ? fill(written.html, escapeHtml) : null, missing: [...missing], unknown: [...unknown] };
}

const TITLE = /^(dr|prof|mr|mrs|ms|mx|herr|frau|dipl\.?-ing|ing|mag)\.?$/i;

/** What somebody is called by: `Anna` of `Dr. Anna Berg` and of `Berg, Anna`. Empty for what is no person's name, such as an address. */
export function firstNameOf(name: string): string {
  if (name.includes('@')) return '';
  const given = name.includes(',') ? (name.split(',')[1] ?? '') : name;
  const words = given.trim().split(/\s+/).filter((word) => word !== '' && !TITLE.test(word));
  return words[0] ?? '';
}
