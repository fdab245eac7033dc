/**
 * Every refusal there is: its HTTP status and the title people read. A room throws `new Refusal(code, detail)`; `detail` is public and
 * says what to do. Answers are RFC 9457 `application/problem+json` with `type` `/problems/<code>`.
 */
export const problems = {
  // general
  invalid_request: [400, 'Something in the request is not as it should be'],
  signed_out: [401, 'Please sign in'],
  not_allowed: [403, 'You are not allowed to do this'],
  cross_site: [403, 'The request came from another site'],
  not_found: [404, 'Not found'],
  method_not_allowed: [405, 'This address does not take that method'],
  too_large: [413, 'Too large'],
  unsupported_body: [415, 'This kind of body is not understood'],
  too_many_requests: [429, 'Too many requests'],
  key_reused: [422, 'This idempotency key was used for another request'],
  key_in_flight: [409, 'The first request with this idempotency key is still running'],
  changed_meanwhile: [409, 'Somebody changed this in the meantime'],
  stopping: [503, 'The server is restarting'],
  unavailable: [503, 'Not available right now'],
  internal: [500, 'Something went wrong on our side'],
  // setup
  already_set_up: [409, 'Rapport is set up already'],
  not_set_up: [409, 'Rapport is not set up yet'],
  // accounts
  wrong_credentials: [401, 'E-mail or password is not right'],
  second_factor_needed: [401, 'A code from your authenticator app is needed'],
  wrong_code: [401, 'The code is not right'],
  weak_password: [422, 'Please choose a stronger password'],
  link_expired: [410, 'This link has expired or was used already'],
  email_taken: [409, 'This e-mail address is in use'],
  name_taken: [409, 'This name is in use'],
  last_admin: [409, 'There must be at least one admin'],
  still_in_use: [409, 'This is still in use'],
  more_than_you_have: [403, 'Nobody can give more rights than they have'],
  // cases
  case_closed: [409, 'A closed case does not change'],
  newer_message: [409, 'A newer message has arrived'],
  nobody_to_answer: [422, 'There is no recipient'],
  not_a_member: [422, 'This agent cannot see the case'],
  snooze_in_past: [422, 'The snooze time has passed already'],
  too_many_attachments: [422, 'Too many or too large attachments'],
  not_retryable: [409, 'This message cannot be sent again'],
  // inboxes and channels
  bad_inbox_settings: [422, 'The inbox settings are not complete'],
  address_taken: [409, 'Another inbox has this address'],
  mail_unreadable: [422, 'This is not a mail'],
} as const satisfies Record<string, readonly [number, string]>;

export type ProblemCode = keyof typeof problems;

/** The body of every answer that is not a success. */
export interface Problem {
  type: string;
  title: string;
  status: number;
  code: ProblemCode;
  detail?: string;
  requestId: string;
  /** For `invalid_request`: what is wrong where. */
  errors?: { path: string; message: string }[];
  /** Further facts a caller can act on, for example the newer entry of `newer_message`. */
  extra?: Record<string, unknown>;
}
