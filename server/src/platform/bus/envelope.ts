import { randomUUID } from 'node:crypto';

/** One published message on its way: subject and payload. */
export type Letter = readonly [subject: string, payload: unknown];

/** What goes over the wire at once: letters of one sender, or a part of one letter that is too large for a packet. */
type Packet = { from: string; letters: Letter[] } | { from: string; whole: string; part: number; of: number; data: string };

const overhead = 120;
// Half a letter is worth nothing: parts whose rest never came are forgotten.
const MOST_UNFINISHED = 100;

/** Packs letters into as few packets of at most `maxBytes` as they need; a letter larger than that is cut into parts. */
export function pack(from: string, letters: readonly Letter[], maxBytes: number): string[] {
  const packets: string[] = [];
  let open: string[] = [];
  let bytes = 0;
  const room = maxBytes - overhead;
  const seal = () => {
    if (open.length > 0) packets.push(`{"from":${JSON.stringify(from)},"letters":[${open.join(',')}]}`);
    open = [];
    bytes = 0;
  };
  for (const letter of letters) {
    const text = JSON.stringify(letter);
    const size = Buffer.byteLength(text);
    if (size > room) {
      seal();
      packets.push(...cut(from, text, room));
      continue;
    }
    if (bytes + size + 1 > room) seal();
    open.push(text);
    bytes += size + 1;
  }
  seal();
  return packets;
}

function cut(from: string, text: string, room: number): string[] {
  // Base64, because a cut through UTF-8 may fall inside a character.
  const data = Buffer.from(text).toString('base64');
  const whole = randomUUID();
  const of = Math.ceil(data.length / room);
  return Array.from({ length: of }, (_, part) => JSON.stringify({ from, whole, part, of, data: data.slice(part * room, (part + 1) * room) } satisfies Packet));
}

/** Opens packets; returns the letters in them, or none while parts are missing or when the packet is our own. */
export function createUnpacker(self: string): (packet: string) => Letter[] {
  const unfinished = new Map<string, { parts: (string | undefined)[]; missing: number }>();
  return (text) => {
    const packet = JSON.parse(text) as Packet;
    if (packet.from === self) return [];
    if ('letters' in packet) return packet.letters;
    const known = unfinished.get(packet.whole) ?? { parts: Array.from({ length: packet.of }), missing: packet.of };
    if (known.parts[packet.part] === undefined) known.missing -= 1;
    known.parts[packet.part] = packet.data;
    unfinished.set(packet.whole, known);
    if (known.missing > 0) {
      const [oldest] = unfinished.keys();
      if (unfinished.size > MOST_UNFINISHED && oldest !== undefined) unfinished.delete(oldest);
      return [];
    }
    unfinished.delete(packet.whole);
    return [JSON.parse(Buffer.from(known.parts.join(''), 'base64').toString()) as Letter];
  };
}
