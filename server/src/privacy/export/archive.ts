import { casesOfPerson, filesOfMessages, messagesOfPerson, type PersonCase, type PersonMessage } from '../../cases/index.ts';
import { getCustomer, listCustomerFields } from '../../customers/index.ts';
import { inAccount, systemActor, type Platform } from '../../platform/context.ts';
import { StoreTrouble } from './pieces.ts';
import { escaped, facts, link, readablePage } from './readable-page.ts';
import { plainPath, tarEnd, tarHeader, tarPadding } from './tar.ts';
import { answersOfPerson } from '../../quality/index.ts';

const CASES_AT_ONCE = 50;
// A message may have megabytes of text; a page of them is what is in memory at once.
const MESSAGES_AT_ONCE = 10;
const NOBODY = '00000000-0000-0000-0000-000000000000';
const actor = systemActor('privacy');

export interface ArchiveTask {
  accountId: string;
  customerId: string;
  hasNotes: boolean;
  person: { customerIds: string[]; addresses: string[]; names: string[] };
}

const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;
const people = (list: readonly { address: string; name: string | null }[] | undefined): string => (list ?? []).map((one) => (one.name ? `${one.name} <${one.address}>` : one.address)).join(', ');

/** Blind copies are everybody's own secret: the person sees of them only themselves. */
function shown(message: PersonMessage, own: ReadonlySet<string>, files: readonly string[]): Record<string, unknown> {
  const { detail } = message;
  const bcc = (detail.bcc ?? []).filter((one) => own.has(one.address.toLowerCase()));
  return {
    id: message.id, kind: message.kind, direction: message.direction, at: message.occurredAt.toISOString(), author: message.authorName, subject: detail.subject ?? null, from: detail.from ?? null, to: detail.to ?? [], cc: detail.cc ?? [],
    ...(bcc.length > 0 ? { bcc } : {}), messageId: detail.messageId ?? null, text: message.body, html: message.html, files,
  };
}

class Archive {
  readonly platform: Platform;
  readonly at: Date;
  constructor(platform: Platform) {
    this.platform = platform;
    this.at = platform.clock.now();
  }
  *text(path: string, text: string): Generator<Buffer> {
    const bytes = Buffer.from(text);
    yield tarHeader(path, bytes.length, this.at);
    yield bytes;
    yield tarPadding(bytes.length);
  }
  /** A stored file as it is; left out when the store has it no more. Throws `StoreTrouble` where it cannot be read. */
  async *stored(path: string, key: string): AsyncGenerator<Buffer> {
    try {
      const stored = await this.platform.files.head(key);
      if (!stored) return;
      yield tarHeader(path, stored.bytes, this.at);
      let sent = 0;
      for await (const chunk of await this.platform.files.get(key)) {
        sent += (chunk as Buffer).length;
        yield chunk as Buffer;
      }
      if (sent !== stored.bytes) throw new Error('A stored file changed its size while it was read.');
      yield tarPadding(stored.bytes);
    } catch (error) {
      throw new StoreTrouble(error);
    }
  }
}

async function* oneCase(archive: Archive, task: ArchiveTask, one: PersonCase): AsyncGenerator<Buffer> {
  const { platform } = archive;
  const own = new Set(task.person.addresses);
  const folder = `cases/${one.number}`;
  yield* archive.text(`${folder}/case.json`, json({ number: one.number, subject: one.subject, status: one.status, kind: one.kind, tags: one.tags, inbox: one.inboxName, createdAt: one.createdAt, resolvedAt: one.resolvedAt, isOwn: one.isOwn, fields: one.fields }));
  for (let after = NOBODY, page = 1; ; page += 1) {
    const { messages, files } = await inAccount(platform, task.accountId, actor, async (ctx) => {
      const found = await messagesOfPerson(ctx, task.person, { caseId: one.id, isOwn: one.isOwn, hasNotes: task.hasNotes, after, limit: MESSAGES_AT_ONCE });
      return { messages: found, files: await filesOfMessages(ctx, one.id, found.map((each) => each.id)) };
    });
    const last = messages.at(-1);
    if (page > 1 && !last) return;
    const isLast = messages.length < MESSAGES_AT_ONCE;
    const pathOf = (file: { id: string; filename: string }) => `files/${file.id}-${plainPath(file.filename)}`;
    // Blind copies stand in the mail as it was handed over.
    const hasMail = (message: PersonMessage) => message.rawKey !== null && (message.detail.bcc ?? []).length === 0;
    const listed = messages.map((message) => ({ message, files: files.filter((file) => file.entryId === message.id) }));
    yield* archive.text(`${folder}/messages-${page}.json`, json(listed.map((each) => shown(each.message, own, each.files.map(pathOf)))));
    const articles = listed.map(({ message, files: attached }) =>
      `<article>${facts([['From', message.detail.from ? people([message.detail.from]) : message.authorName], ['To', people(message.detail.to)], ['Copy', people(message.detail.cc)], ['At', message.occurredAt.toISOString()], ['Subject', message.detail.subject ?? '']])}${message.kind === 'note' ? '<p><small>Internal note</small></p>' : ''}<pre>${escaped(message.body)}</pre>${attached.map((file) => `<p>${link(pathOf(file), file.filename)}</p>`).join('')}${hasMail(message) ? `<p>${link(`mails/${message.id}.eml`, 'The mail as it was stored')}</p>` : ''}</article>`);
    const ways = `<p>${page > 1 ? link(`page-${page - 1}.html`, '← Earlier') : link('../../index.html', '← All cases')} ${isLast ? '' : link(`page-${page + 1}.html`, 'Later →')}</p>`;
    yield* archive.text(`${folder}/page-${page}.html`, readablePage(`#${one.number} ${one.subject}`, `${ways}${articles.join('') || '<p>No messages of yours are kept here.</p>'}${ways}`));
    for (const file of files) yield* archive.stored(`${folder}/${pathOf(file)}`, file.fileKey);
    for (const message of messages) if (message.rawKey && hasMail(message)) yield* archive.stored(`${folder}/mails/${message.id}.eml`, message.rawKey);
    if (isLast || !last) return;
    after = last.id;
  }
}

/**
 * The archive as it grows, a tar in pieces: the person's record, each case with its messages, files and mails, and pages for reading. Only a page of messages is in memory at once. `onCase` is called after
 * each case and stops the work by throwing.
 */
export async function* makeArchive(platform: Platform, task: ArchiveTask, onCase: () => Promise<void>): AsyncGenerator<Buffer> {
  const archive = new Archive(platform);
  const { customer, fields } = await inAccount(platform, task.accountId, actor, async (ctx) => ({ customer: await getCustomer(ctx, task.customerId), fields: (await listCustomerFields(ctx)) }));
  const own = Object.fromEntries(fields.flatMap((field) => {
    const value = customer.fields[field.id];
    return value === undefined ? [] : [[field.name, field.type === 'choice' ? (field.options.find((option) => option.id === value)?.label ?? value) : value]];
  }));
  const { identities, name, note, locale, timeZone, preferredChannel, contactPermission, organization, createdAt } = customer;
  yield* archive.text('customer.json', json({
    id: customer.id, name, earlierNames: task.person.names.filter((each) => each !== name && each !== ''), identities: identities.map(({ kind, value, isVerified, isPrimary }) => ({ kind, value, isVerified, isPrimary })), note, locale, timeZone, preferredChannel, contactPermission,
    organization: organization?.name ?? null, fields: own, createdAt,
  }));
  const answers = await inAccount(platform, task.accountId, actor, (ctx) => answersOfPerson(ctx, task.person.customerIds));
  if (answers.length > 0) yield* archive.text('survey-answers.json', json(answers));
  const lines: string[] = [];
  for (let after = NOBODY; ; ) {
    const cases = await inAccount(platform, task.accountId, actor, (ctx) => casesOfPerson(ctx, task.person, after, CASES_AT_ONCE));
    for (const one of cases) {
      yield* oneCase(archive, task, one);
      lines.push(`<li>${link(`cases/${one.number}/page-1.html`, `#${one.number} ${one.subject}`)} <small>${one.createdAt.toISOString().slice(0, 10)}${one.isOwn ? '' : ' · took part'}</small></li>`);
      await onCase();
    }
    const last = cases.at(-1);
    if (cases.length < CASES_AT_ONCE || !last) break;
    after = last.id;
  }
  yield* archive.text('index.html', readablePage(name, `${facts([
    ...identities.map((one) => [{ email: 'Mail', phone: 'Telephone', visitor: 'Browser in the chat' }[one.kind], one.value] as const), ['Language', locale ?? ''], ['Time zone', timeZone ?? ''], ['Organization', organization?.name ?? ''], ['Note', note], ['May be contacted', contactPermission], ['Customer since', createdAt.slice(0, 10)],
    ...Object.entries(own).map(([field, value]) => [field, typeof value === 'object' ? JSON.stringify(value) : String(value)] as const),
  ])}<h2>Cases</h2><ul>${lines.join('')}</ul><p><small>Made ${archive.at.toISOString()}. Everything stands in the JSON files, too.</small></p>`));
  yield tarEnd();
}
