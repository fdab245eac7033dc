import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { finished } from 'node:stream/promises';

/** What the source says of one message or note, by the number that stands in its words. */
export interface Written {
  matter: number;
  kind: 'message' | 'note';
  direction: 'in' | 'out' | null;
  at: number;
}

export interface Source {
  records: number;
  matters: number;
  /** By number. */
  written: Written[];
  /** How each matter must end, by number; none where the source says nothing of it. */
  statuses: string[];
}

export const DESK = 'support@example.com';
const WORDS = 'the lamp stays dark since it rained and I would like to know whether another one can be sent to the office before the end of next week because a colleague waits for it too'.split(' ');
const BEGIN = Date.UTC(2021, 0, 4, 8);
const MINUTE = 60_000;

/** The same numbers in every run. */
function dice(): (below: number) => number {
  let seed = 20_211;
  return (below) => {
    seed = (Math.imul(seed, 1_103_515_245) + 12_345) >>> 0;
    return Math.floor((seed / 4_294_967_296) * below);
  };
}

/** A text of 20 to 220 words, with the number by which it is found again. */
function textOf(n: number, random: (below: number) => number): string {
  const lines: string[] = [`Token-${n}- Hello,`, ''];
  for (let line = 0; line < 2 + random(18); line += 1) lines.push(Array.from({ length: 11 }, () => WORDS[random(WORDS.length)]).join(' '));
  return lines.join('\n');
}

function bodyOf(n: number, text: string, random: (below: number) => number): string {
  const shape = random(10);
  const html = `<div>${text.split('\n').map((line) => `<p>${line}</p>`).join('\n')}</div>`;
  if (shape < 4) return `Content-Type: text/plain; charset=utf-8\n\n${text}\n`;
  if (shape < 6) return `Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: base64\n\n${Buffer.from(text).toString('base64').replaceAll(/.{76}/g, '$&\n')}\n`;
  const both = `--b${n}\nContent-Type: text/plain; charset=utf-8\n\n${text}\n--b${n}\nContent-Type: text/html; charset=utf-8\n\n${html}\n--b${n}--\n`;
  if (shape < 9) return `Content-Type: multipart/alternative; boundary="b${n}"\n\n${both}`;
  const file = Buffer.alloc(6_000 + random(20_000), n % 251).toString('base64').replaceAll(/.{76}/g, '$&\n');
  return `Content-Type: multipart/mixed; boundary="m${n}"\n\n--m${n}\nContent-Type: multipart/alternative; boundary="b${n}"\n\n${both}--m${n}\nContent-Type: application/octet-stream\nContent-Disposition: attachment; filename="file${n}.bin"\nContent-Transfer-Encoding: base64\n\n${file}\n--m${n}--\n`;
}

async function writeLines(path: string, parts: Iterable<string>): Promise<void> {
  const out = createWriteStream(path);
  for (const part of parts) if (!out.write(part)) await once(out, 'drain');
  out.end();
  await finished(out);
}

/** So many mails as one mbox: threads of one to six between a customer and the desk, sixty of them going on at a time. */
export async function writeMailbox(path: string, count: number): Promise<Source> {
  const random = dice();
  const source: Source = { records: count, matters: 0, written: [], statuses: [] };
  function* mails(): Generator<string> {
    const going: { matter: number; left: number; ids: string[] }[] = [];
    for (let n = 0; n < count; n += 1) {
      if (going.length < 60) going.push({ matter: source.matters++, left: 1 + random(6), ids: [] });
      const place = random(going.length);
      const thread = going[place] as (typeof going)[number];
      const isOut = thread.ids.length % 2 === 1;
      const customer = `customer${thread.matter % 20_000}@customers.example`;
      const id = `mail-${n}@archive.example`;
      const at = BEGIN + n * MINUTE;
      source.written.push({ matter: thread.matter, kind: 'message', direction: isOut ? 'out' : 'in', at });
      const text = textOf(n, random);
      const date = new Date(at).toUTCString().replace('GMT', '+0000');
      const thread_ = thread.ids.length === 0 ? '' : `In-Reply-To: <${thread.ids.at(-1)}>\nReferences: ${thread.ids.map((one) => `<${one}>`).join(' ')}\n`;
      yield `From archive@archive.example Mon Jan 04 10:00:00 2021\nFrom: ${isOut ? `Desk <${DESK}>` : `Customer ${thread.matter % 20_000} <${customer}>`}\nTo: ${isOut ? customer : DESK}\nSubject: ${thread.ids.length > 0 ? 'Re: ' : ''}Matter ${thread.matter}\nDate: ${date}\nMessage-ID: <${id}>\n${thread_}MIME-Version: 1.0\n${bodyOf(n, text, random)}\n`;
      thread.ids.push(id);
      thread.left -= 1;
      if (thread.left === 0) going.splice(place, 1);
    }
  }
  await writeLines(path, mails());
  // Some threads had not got their first mail yet when it ended.
  return { ...source, matters: new Set(source.written.map(({ matter }) => matter)).size };
}

const STATUSES = [['solved', 'resolved'], ['closed', 'closed'], ['pending', 'pending'], ['open', 'open']] as const;

/** So many tickets as Zendesk's own export has them: one on a line, with one to five comments, every third of them internal. */
export async function writeTickets(path: string, count: number): Promise<Source> {
  const random = dice();
  const source: Source = { records: count, matters: count, written: [], statuses: [] };
  function* tickets(): Generator<string> {
    for (let matter = 0; matter < count; matter += 1) {
      const begins = BEGIN + matter * MINUTE;
      const time = (at: number) => new Date(at).toISOString().replace('.000Z', 'Z');
      const customer = { id: 1_000 + (matter % 20_000), name: `Customer ${matter % 20_000}`, email: `customer${matter % 20_000}@customers.example`, role: 'end-user' };
      const [status, ours] = STATUSES[random(STATUSES.length)] ?? STATUSES[0];
      source.statuses.push(ours);
      const comments = Array.from({ length: 1 + random(5) }, (_, place) => {
        const n = source.written.length;
        const at = begins + place * 10 * MINUTE;
        const isNote = place % 3 === 1;
        const isOut = place % 3 !== 0;
        source.written.push({ matter, kind: isNote ? 'note' : 'message', direction: isNote ? null : isOut ? 'out' : 'in', at });
        const text = textOf(n, random);
        return { id: n + 1, type: 'Comment', author_id: isOut ? 9 : customer.id, body: text, html_body: `<div>${text.split('\n').map((line) => `<p>${line}</p>`).join('\n')}</div>`, plain_body: text, public: !isNote, attachments: [], created_at: time(at) };
      });
      yield `${JSON.stringify({
        url: `https://lamps.zendesk.com/api/v2/tickets/${matter + 1}.json`, id: matter + 1, created_at: time(begins), updated_at: time(begins + comments.length * 10 * MINUTE), type: 'question', subject: `Matter ${matter}`, description: comments[0]?.body, priority: 'normal', status,
        recipient: DESK, requester_id: customer.id, assignee_id: 9, tags: [`tag${random(50)}`], requester: customer, assignee: { id: 9, name: 'Wilma Way', email: 'wilma@lamps.example', role: 'agent' }, comments,
      })}\n`;
    }
  }
  await writeLines(path, tickets());
  return source;
}
