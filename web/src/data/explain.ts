import { t, type PlainMessageId } from '../i18n/index.ts';
import { ProblemError } from './client.ts';

const known: Partial<Record<string, PlainMessageId>> = {
  not_allowed: 'problem.notAllowed', not_found: 'problem.notFound', too_large: 'problem.tooLarge', too_many_requests: 'problem.tooMany',
  changed_meanwhile: 'problem.changedMeanwhile', case_closed: 'problem.caseClosed', snooze_in_past: 'problem.snoozeInPast', not_a_member: 'problem.notMember',
  signed_out: 'problem.signedOut', wrong_credentials: 'problem.wrongCredentials', wrong_code: 'problem.wrongCode', weak_password: 'problem.weakPassword', link_expired: 'problem.linkExpired',
  proof_needed: 'problem.proofNeeded', second_factor_required: 'problem.factorRequired', passkey_refused: 'problem.passkeyRefused', last_way_in: 'problem.lastWayIn', company_sign_in_needed: 'problem.companyNeeded', unverified_email: 'problem.unverifiedEmail', not_a_colleague: 'problem.notColleague', domain_taken: 'problem.domainTaken',
  email_taken: 'problem.emailTaken', name_taken: 'problem.nameTaken', address_taken: 'problem.addressTaken', last_admin: 'problem.lastAdmin', more_than_you_have: 'problem.moreThanYouHave', already_set_up: 'problem.alreadySetUp', setup_code_needed: 'problem.setupCode',
  too_many_attachments: 'problem.tooManyAttachments', nobody_to_answer: 'problem.nobody', not_retryable: 'problem.notRetryable', brief_needed: 'problem.briefNeeded', promise_in_past: 'problem.promiseInPast', too_many_promises: 'problem.tooManyPromises', undo_over: 'problem.undoOver', import_state: 'problem.importState', stopping: 'problem.unavailable', unavailable: 'problem.unavailable',
};

/** What went wrong, in words for the person at the screen: our own for the common refusals, else what the server said. */
export function explain(error: unknown): string {
  if (!(error instanceof ProblemError)) return t('problem.offline');
  if (error.code === 'fields_missing') return t('problem.fieldsMissing', { fields: ((error.problem.extra?.['fields'] ?? []) as { name: string }[]).map((field) => field.name).join(', ') });
  const id = known[error.code];
  if (id) return t(id);
  if (error.code === 'internal') return t('problem.internal', { request: error.problem.requestId || '–' });
  const first = error.problem.errors?.[0];
  return first ? `${first.path}: ${first.message}` : error.message;
}
