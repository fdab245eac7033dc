import type { Protection } from '@rapport/contract';
import type { MimePart } from '../mime-tree.ts';

const DEPTH = 3;

/** Whether a mail was signed or encrypted by its sender's program, and by which method. Encryption counts more: then there is nothing to read. */
export function recogniseProtection(tree: MimePart, text: string): Protection | null {
  const found = inParts(tree, 0);
  if (found !== null) return found;
  const start = text.slice(0, 20_000);
  if (/^-----BEGIN PGP MESSAGE-----\s*$/m.test(start)) return { method: 'pgp', kind: 'encrypted' };
  return /^-----BEGIN PGP SIGNED MESSAGE-----\s*$/m.test(start) ? { method: 'pgp', kind: 'signed' } : null;
}

function inParts(part: MimePart, depth: number): Protection | null {
  const protocol = part.parameters.get('protocol')?.toLowerCase() ?? '';
  const smimeType = part.parameters.get('smime-type')?.toLowerCase() ?? '';
  if (part.mediaType === 'multipart/encrypted') return { method: protocol.includes('pkcs7') ? 'smime' : 'pgp', kind: 'encrypted' };
  if (/^application\/(?:x-)?pkcs7-mime$/.test(part.mediaType)) return { method: 'smime', kind: smimeType === 'signed-data' || smimeType === 'certs-only' ? 'signed' : 'encrypted' };
  let found: Protection | null = part.mediaType === 'multipart/signed' ? { method: protocol.includes('pgp') ? 'pgp' : 'smime', kind: 'signed' } : null;
  if (depth >= DEPTH || !part.mediaType.startsWith('multipart/')) return found;
  for (const inner of part.parts) {
    const within = inParts(inner, depth + 1);
    if (within?.kind === 'encrypted') return within;
    found ??= within;
  }
  return found;
}
