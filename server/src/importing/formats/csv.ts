// CSV files with headings, in the words other programs have for them. Rows of a case that follow each other with the same number are one case with several messages.
import { createHash } from 'node:crypto';
import { odd, type Found, type FoundCase, type FoundEntry, type Placed, type SourceFile } from '../found.ts';
import { readCsv } from '../read-csv.ts';
import { dateOf, personOf, priorityOf, statusOf } from './json-value.ts';

type Row = Record<string, string>;
const first = (row: Row, ...names: string[]): string | null => names.map((name) => row[name]?.trim()).find((value) => value !== undefined && value !== '') ?? null;

const EMAIL = ['email', 'e_mail', 'mail', 'email_address', 'e_mail_address', 'customer_email', 'requester_email', 'contact_email', 'e_mail_adresse'];
const PHONE = ['phone', 'telephone', 'mobile', 'phone_number', 'telefon'];

/** Customers: `email` or `phone`, `name` (or `first_name` and `last_name`), `organization`, `note`, `locale`, `created_at`. */
export async function* readCustomersCsv(files: readonly SourceFile[]): AsyncGenerator<Placed<Found>> {
  let before = 0;
  for (const file of files) {
    let record = 0;
    for await (const { values, line, read } of readCsv(file)) {
      record += 1;
      const place = { file: file.name, record, line, read: before + read };
      if (!values) {
        yield { ...odd('unreadable'), place };
        continue;
      }
      const parts = [first(values, 'first_name', 'firstname', 'vorname'), first(values, 'last_name', 'lastname', 'nachname')].filter((part) => part !== null);
      const given = personOf(first(values, ...EMAIL));
      const email = given.email ?? null;
      const phone = first(values, ...PHONE);
      if (email === null && phone === null) yield { ...odd('no_address', first(values, 'id')), place };
      else {
        const customer = { name: first(values, 'name', 'full_name', 'customer_name') ?? (parts.length > 0 ? parts.join(' ') : given.name), email, phone, furtherEmails: (first(values, 'other_emails', 'further_emails') ?? '').split(/[,;\s]+/).filter((each) => each !== ''), organization: first(values, 'organization', 'organisation', 'company', 'firma'), note: first(values, 'note', 'notes', 'notiz') ?? '', locale: first(values, 'locale', 'language', 'sprache'), createdAt: dateOf(first(values, 'created_at', 'created', 'since')) };
        yield { kind: 'customer', customer, place };
      }
    }
    before += file.bytes;
  }
}

const MOST_ENTRIES = 500;

/** Cases: `id`, `subject`, `status`, `priority`, `tags`, `created_at`, `resolved_at`, `customer_email`, `customer_name`, `assignee_email`; of each message `body`, `message_at`, `direction` (in, out, note), `author_name`, `author_email`. */
export async function* readCasesCsv(files: readonly SourceFile[]): AsyncGenerator<Placed<Found>> {
  let before = 0;
  for (const file of files) {
    let record = 0;
    let open: Placed<{ kind: 'case'; case: FoundCase }> | undefined;
    for await (const { values, line, read } of readCsv(file)) {
      record += 1;
      const place = { file: file.name, record, line, read: before + read };
      const id = values && first(values, 'id', 'case_id', 'ticket_id', 'number', 'ticket', 'nummer');
      if (values && id !== null && id !== undefined && open?.case.sourceId === id) {
        open.case.entries.push(entryOf(values, id, open.case.entries.length, open.case.customer));
        // What a case has beyond that comes as more of the same: nobody's file decides how much is held at once.
        if (open.case.entries.length < MOST_ENTRIES) continue;
        yield open;
        open = { ...open, case: { ...open.case, entries: [] } };
        continue;
      }
      if (open && open.case.entries.length > 0) yield open;
      open = undefined;
      if (!values) yield { ...odd('unreadable'), place };
      else if (id === null || id === undefined) yield { ...odd('no_id'), place };
      else open = { kind: 'case', case: caseOf(values, id), place };
    }
    if (open && open.case.entries.length > 0) yield open;
    before += file.bytes;
  }
}

function caseOf(row: Row, id: string): FoundCase {
  const given = personOf(first(row, 'customer_email', 'requester_email', ...EMAIL, 'from', 'customer', 'requester'));
  const customer = { name: first(row, 'customer_name', 'requester_name', 'requester', 'name') ?? given.name, email: given.email, phone: first(row, ...PHONE), sourceId: null };
  const agent = first(row, 'assignee_email', 'agent_email', 'assignee', 'agent', 'owner');
  return {
    sourceId: id, subject: first(row, 'subject', 'title', 'betreff') ?? '', status: statusOf(first(row, 'status', 'state')), priority: priorityOf(first(row, 'priority', 'priorität')), tags: (first(row, 'tags', 'labels') ?? '').split(/[,;\s]+/),
    customer, assignee: agent === null ? null : { ...personOf(agent), phone: null }, createdAt: dateOf(first(row, 'created_at', 'created', 'date', 'datum', 'message_at')), resolvedAt: dateOf(first(row, 'resolved_at', 'solved_at', 'closed_at')), entries: [entryOf(row, id, 0, customer)],
  };
}

/** A row without a number of its own is known by what it says and when, wherever it stands in its file: the same message of a later export is the same. */
function contentId(row: Row): string {
  const said = [first(row, 'direction', 'type', 'public'), first(row, 'author_name', 'author'), first(row, 'author_email'), first(row, 'message_at', 'sent_at'), first(row, 'created_at', 'created', 'date', 'datum'), first(row, 'body', 'description', 'message', 'text', 'comment', 'nachricht'), first(row, 'body_html', 'html')];
  return createHash('sha256').update(JSON.stringify(said)).digest('hex').slice(0, 32);
}

function entryOf(row: Row, caseId: string, nth: number, customer: FoundCase['customer']): FoundEntry {
  const said = first(row, 'direction', 'type')?.toLowerCase() ?? 'in';
  const isNote = said === 'note' || said === 'internal' || first(row, 'public')?.toLowerCase() === 'false';
  const isOut = isNote || ['out', 'outgoing', 'agent', 'reply'].includes(said);
  const author = { name: first(row, 'author_name', 'author'), email: personOf(first(row, 'author_email')).email, phone: null };
  return {
    sourceId: `${caseId}/${first(row, 'message_id', 'comment_id') ?? contentId(row)}`, kind: isNote ? 'note' : 'message', direction: isOut ? 'out' : 'in', author: isOut ? { ...author, role: 'agent' } : { ...(author.name === null && author.email === null ? customer : author), role: 'customer' },
    at: dateOf(first(row, 'message_at', 'sent_at')) ?? (nth === 0 ? dateOf(first(row, 'created_at', 'created', 'date', 'datum')) : null), text: first(row, 'body', 'description', 'message', 'text', 'comment', 'nachricht'), html: first(row, 'body_html', 'html'), to: [], cc: [], files: [], messageId: null,
  };
}
