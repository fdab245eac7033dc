import type { Random } from './random.ts';

export type Facts = Readonly<Record<string, string>>;

/**
 * Makes a text from a template. `[one|another|]` chooses, may be nested and may choose nothing; `{order}` is a fact of the story.
 * Lines of a paragraph are joined, an empty line parts paragraphs, and a line that begins with `- `, `1. ` or `> ` stays a line of its own:
 * the source can be wrapped as it reads best. Throws for a fact the story does not have, so that no customer ever writes "{order}".
 */
export function phrase(template: string, random: Random, facts: Facts): string {
  const chosen = choose(template, random);
  const filled = chosen.replace(/\{(\w+)\}/g, (_, name: string) => {
    const fact = facts[name];
    if (fact === undefined) throw new Error(`The story has no fact "${name}".`);
    return fact;
  });
  return joinLines(filled);
}

function choose(template: string, random: Random): string {
  let out = '';
  let at = 0;
  while (at < template.length) {
    if (template[at] !== '[') {
      out += template[at];
      at += 1;
      continue;
    }
    const { options, end } = readOptions(template, at);
    out += choose(random.pick(options), random);
    at = end;
  }
  return out;
}

function readOptions(template: string, start: number): { options: string[]; end: number } {
  const options: string[] = [];
  let depth = 0;
  let from = start + 1;
  for (let at = start; at < template.length; at++) {
    const c = template[at];
    if (c === '[') depth += 1;
    else if (c === '|' && depth === 1) {
      options.push(template.slice(from, at));
      from = at + 1;
    } else if (c === ']') {
      depth -= 1;
      if (depth === 0) return { options: [...options, template.slice(from, at)], end: at + 1 };
    }
  }
  throw new Error(`A choice is not closed: ${template.slice(start, start + 60)}`);
}

const OWN_LINE = /^(- |\d+\. |> )/;

function joinLines(text: string): string {
  const paragraphs = text.split(/\n[ \t]*\n/).map((paragraph) => {
    const lines: string[] = [];
    for (const raw of paragraph.split('\n')) {
      const line = raw.replace(/[ \t]+/g, ' ').trim();
      if (!line) continue;
      const previous = lines.at(-1);
      if (previous === undefined || OWN_LINE.test(line)) lines.push(line);
      else lines[lines.length - 1] = `${previous} ${line}`;
    }
    return lines.join('\n');
  });
  // A choice of nothing leaves a gap before a comma. Question marks are left alone: French puts a space before them.
  return paragraphs.map((paragraph) => paragraph.replace(/ +([,.])(?=\s|$)/g, '$1').trim()).filter(Boolean).join('\n\n');
}
