/** Looks like an address that mail could be sent to. The server and the world have the last word. */
export const isAddress = (text: string) => /^[^\s@<>(),;:"[\]\\]+@[^\s@<>(),;:"[\]\\.]+(\.[^\s@<>(),;:"[\]\\.]+)+$/.test(text) && text.length <= 254;

/** Addresses out of whatever was typed or pasted: "Ana <ana@example.com>, bob@example.com". What is none comes back as rest. */
export function readAddresses(text: string): { found: string[]; rest: string } {
  const found: string[] = [];
  const rest: string[] = [];
  for (const part of text.split(/[,;\n]+/)) {
    const inBrackets = /<([^<>]+)>/.exec(part)?.[1]?.trim();
    if (inBrackets !== undefined) {
      if (isAddress(inBrackets)) found.push(inBrackets);
      else rest.push(part.trim());
      continue;
    }
    for (const word of part.trim().split(/\s+/).filter(Boolean)) (isAddress(word) ? found : rest).push(word);
  }
  return { found: [...new Set(found)], rest: rest.join(' ') };
}

const same = (a: string, b: string) => a.toLowerCase() === b.toLowerCase();

/** A list with further addresses, none twice whatever its letters' case. */
export const withAddresses = (list: readonly string[], more: readonly string[]) => [...list, ...more.filter((one, index) => !list.some((other) => same(one, other)) && more.findIndex((other) => same(one, other)) === index)];
