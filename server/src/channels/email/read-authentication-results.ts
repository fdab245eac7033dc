import type { Authenticity } from '@rapport/contract';

const results = ['pass', 'fail', 'softfail', 'neutral', 'none', 'temperror', 'permerror'] as const;

export interface ToldResults extends Pick<Authenticity, 'spf' | 'dkim' | 'dmarc' | 'policy'> {
  dkimAligned: boolean;
  spfAligned: boolean;
}

/** Takes comments out, nested ones as well, in one walk; what they hold apart from the policy is for people. */
function withoutComments(value: string): { text: string; comments: string } {
  let text = '', comments = '', depth = 0;
  for (const character of value) {
    if (character === '(') depth++;
    else if (character === ')' && depth > 0) depth--;
    else if (depth > 0) comments += character;
    else text += character;
    if (character === ')' && depth === 0) comments += ' ';
  }
  return { text, comments };
}

/**
 * Reads what a mail server of our own wrote down when it checked a mail (RFC 8601): of the first Authentication-Results header, from the top, that bears exactly its
 * name. Undefined when there is none. Anybody can write such a header, so those with other names say nothing; our own server takes away what bears its own.
 */
export function readAuthenticationResults(headers: readonly string[], server: string): ToldResults | undefined {
  for (const header of headers) {
    const { text, comments } = withoutComments(header.replace(/\s+/g, ' '));
    const [id = '', ...methods] = text.split(';').map((part) => part.trim());
    if (id.split(' ')[0]?.replaceAll('"', '').toLowerCase() !== server.trim().toLowerCase()) continue;
    const said = (method: string): string[] => methods.filter((part) => part.toLowerCase().startsWith(`${method}=`) || part.toLowerCase().startsWith(`${method} =`));
    const resultIn = (part: string | undefined): Authenticity['spf'] => {
      const word = /^[a-z]+ ?= ?([a-z]+)/i.exec(part ?? '')?.[1]?.toLowerCase();
      // Microsoft says this of mail that passed because the domain has said nothing.
      return word === 'bestguesspass' ? 'none' : (results.find((each) => each === word) ?? (part === undefined ? 'not_checked' : 'none'));
    };
    const dkims = said('dkim');
    const dmarc = said('dmarc')[0];
    return {
      spf: resultIn(said('spf')[0]), dkim: resultIn(dkims.find((part) => resultIn(part) === 'pass') ?? dkims[0]), dmarc: resultIn(dmarc),
      policy: (/\bp ?= ?(none|quarantine|reject)\b/i.exec(comments) ?? /\baction ?= ?(none|quarantine|reject)\b/i.exec(dmarc ?? ''))?.[1]?.toLowerCase() ?? (resultIn(dmarc) === 'fail' && /\baction ?= ?oreject\b/i.test(dmarc ?? '') ? 'reject' : null),
      dkimAligned: false, spfAligned: false,
    };
  }
  return undefined;
}
