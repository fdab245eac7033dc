import type { ProblemCode } from '@rapport/contract';
import { currentLocale, t, type PlainMessageId } from '../i18n/index.ts';
import { ProblemError } from './client.ts';

/** Refusals whose words stand in for those of others, or are said elsewhere, too. */
const known = {
  not_allowed: 'problem.notAllowed', not_found: 'problem.notFound', too_large: 'problem.tooLarge', too_many_requests: 'problem.tooMany',
  changed_meanwhile: 'problem.changedMeanwhile', case_closed: 'problem.caseClosed', snooze_in_past: 'problem.snoozeInPast', not_a_member: 'problem.notMember',
  signed_out: 'problem.signedOut', wrong_credentials: 'problem.wrongCredentials', wrong_code: 'problem.wrongCode', weak_password: 'problem.weakPassword', link_expired: 'problem.linkExpired',
  proof_needed: 'problem.proofNeeded', second_factor_required: 'problem.factorRequired', passkey_refused: 'problem.passkeyRefused', last_way_in: 'problem.lastWayIn', company_sign_in_needed: 'problem.companyNeeded', unverified_email: 'problem.unverifiedEmail', not_a_colleague: 'problem.notColleague', domain_taken: 'problem.domainTaken',
  email_taken: 'problem.emailTaken', name_taken: 'problem.nameTaken', address_taken: 'problem.addressTaken', last_admin: 'problem.lastAdmin', more_than_you_have: 'problem.moreThanYouHave', already_set_up: 'problem.alreadySetUp', setup_code_needed: 'problem.setupCode',
  too_many_attachments: 'problem.tooManyAttachments', nobody_to_answer: 'problem.nobody', not_retryable: 'problem.notRetryable', brief_needed: 'problem.briefNeeded', promise_in_past: 'problem.promiseInPast', too_many_promises: 'problem.tooManyPromises', undo_over: 'problem.undoOver', import_state: 'problem.importState', stopping: 'problem.unavailable', unavailable: 'problem.unavailable',
} as const satisfies Partial<Record<ProblemCode, PlainMessageId>>;
type Known = keyof typeof known;
type Special = 'fields_missing' | 'internal';

/** The words for a refusal of which only the code is known. That no code goes without is checked by its type. */
function refusalId(code: Exclude<ProblemCode, Special>): PlainMessageId {
  return code in known ? known[code as Known] : `refused.${code as Exclude<ProblemCode, Known | Special>}`;
}

/** Undefined for a code of a newer server than this page. */
function wordsOf(code: Exclude<ProblemCode, Special>): string | undefined {
  const id = refusalId(code);
  const words = t(id);
  return words === id ? undefined : words;
}

/** What went wrong, in words for the person at the screen. For rarer refusals the server says in English more than the code does; to other readers only the code is of use. */
export function explain(error: unknown): string {
  if (!(error instanceof ProblemError)) return t('problem.offline');
  const { code, problem } = error;
  if (code === 'fields_missing') return t('problem.fieldsMissing', { fields: ((problem.extra?.['fields'] ?? []) as { name: string }[]).map((field) => field.name).join(', ') });
  if (code === 'internal') return t('problem.internal', { request: problem.requestId || '–' });
  if (!(code in known) && currentLocale() === 'en') {
    const first = problem.errors?.[0];
    if (first) return `${first.path}: ${first.message}`;
    if (problem.detail) return problem.detail;
  }
  return wordsOf(code) ?? problem.detail ?? problem.title;
}

/** The same where a refusal was written down: its code, and what the server said of it in English. */
export function explainRefusal(code: string | null, detail: string | null): string {
  const isPlain = code !== null && code !== 'fields_missing' && code !== 'internal';
  if (!isPlain || (detail !== null && currentLocale() === 'en')) return detail ?? '';
  return wordsOf(code as Exclude<ProblemCode, Special>) ?? detail ?? '';
}
