import { connectionFindings, findingWords, type ConnectionFinding, type FindingValues } from './finding-words.ts';

/** What Rapport itself says of one message, or of one call to another system, by code. `rest` is another such sentence; `said` stands as somebody else wrote it. */
export const reasons = {
  not_ours: 'A delivery report about a mail that Rapport did not send.',
  delivered: 'Delivered.',
  delayed: 'Delayed, still being tried: {said}',
  undelivered: 'Could not be delivered: {said}',
  no_sender: 'It says nowhere who sent it, so nobody could be answered.',
  blocked_domain: 'Blocked (everybody at {domain}): {said}',
  blocked: 'Blocked: {said}',
  own: 'our own mail',
  not_on_case: 'It could not be put on a case ({said}). Its bytes are kept; the server log says more.',
  too_large: 'It is larger than {bytes} bytes. It stays in the mailbox.',
  unreadable: 'It could not be read, or took too long. It stays in the mailbox.',
  not_prepared: 'It could not be prepared for sending; it will be tried again.',
  cut_off: 'The connection ended while the message was handed over. It may have been sent.',
  partly: 'Not accepted for {said}. The others have it.',
  given_up: '{rest} Given up after 48 hours.',
  may_be_sent: '{rest} The message may have been sent.',
  no_answer_in_time: 'No answer within ten seconds.',
  answer_too_long: 'The answer is too long.',
  not_on_internet: '{domain} is not on the internet. Whoever runs the server can allow it with RAPPORT_INTERNAL_HOSTS.',
  https_needed: 'The address must begin with https://.',
  no_https: '{domain} does not speak HTTPS there.',
} as const;
export type ReasonCode = keyof typeof reasons;
type Values = Readonly<Record<string, string | number>>;

/** The sentence for a code, as the ledger keeps it and a delivery says it: English, for programs and whoever reads the table. */
export function reasonFor(code: ReasonCode, values: Values = {}): string {
  return reasons[code].replace(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? ''));
}

/** A sentence with `{name}`, the other way round: finds the values again. */
function reader(template: string): (text: string) => Record<string, string> | undefined {
  const pattern = new RegExp(`^${template.replace(/[.*+?^$()|[\]\\]/g, '\\$&').replace(/\{(\w+)\}/g, '(?<$1>.*)')}$`, 's');
  return (text) => {
    const found = pattern.exec(text);
    return found ? { ...found.groups } : undefined;
  };
}

const placeholders = { host: '{host}', port: '{port}', user: '{user}', address: '{address}', folder: '{folder}', count: '{count}' } as unknown as FindingValues;

/** Every way to say every finding; what the mail provider said is not one, it stands alone. */
function* sayings(): Generator<readonly [finding: ConnectionFinding, security: 'tls' | 'starttls' | 'none', template: string]> {
  for (const finding of connectionFindings) {
    if (finding === 'provider_trouble') continue;
    for (const security of ['tls', 'starttls', 'none'] as const) {
      yield [finding, security, findingWords(finding, { ...placeholders, security })];
      yield [finding, security, findingWords(finding, { ...placeholders, security, said: '{said}' })];
    }
  }
}

interface Readers {
  codes: [ReasonCode, ReturnType<typeof reader>][];
  findings: [ConnectionFinding, 'tls' | 'starttls' | 'none', ReturnType<typeof reader>][];
}
let readers: Readers | undefined;

export type ReadReason = { code: ReasonCode; values: Record<string, string> } | { finding: ConnectionFinding; values: FindingValues };

/** Which of our sentences this is, so that a screen can say it in its reader's language. Undefined for the words of others, such as a mail server's. */
export function readReason(text: string): ReadReason | undefined {
  readers ??= { codes: (Object.keys(reasons) as ReasonCode[]).map((code) => [code, reader(reasons[code])]), findings: [...sayings()].map(([finding, security, template]) => [finding, security, reader(template)]) };
  for (const [code, read] of readers.codes) {
    const values = read(text);
    if (values) return { code, values };
  }
  for (const [finding, security, read] of readers.findings) {
    const values = read(text);
    if (!values) continue;
    const numbers = Object.fromEntries(['port', 'count'].filter((name) => name in values).map((name) => [name, Number(values[name])]));
    return { finding, values: { ...values, ...numbers, security } };
  }
  return undefined;
}
