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
  setup_code_needed: [403, 'The set-up code is needed'],
  not_set_up: [409, 'Rapport is not set up yet'],
  // accounts
  wrong_credentials: [401, 'E-mail or password is not right'],
  second_factor_needed: [401, 'A code from your authenticator app is needed'],
  wrong_code: [401, 'The code is not right'],
  weak_password: [422, 'Please choose a stronger password'],
  survey_over: [410, 'This question cannot be answered any more'],
  link_expired: [410, 'This link has expired or was used already'],
  email_taken: [409, 'This e-mail address is in use'],
  name_taken: [409, 'This name is in use'],
  last_admin: [409, 'There must be at least one admin'],
  still_in_use: [409, 'This is still in use'],
  more_than_you_have: [403, 'Nobody can give more rights than they have'],
  proof_needed: [403, 'Please prove once more who you are'],
  second_factor_required: [403, 'Your role needs a second factor'],
  passkey_refused: [401, 'This passkey does not open anything here'],
  last_way_in: [409, 'This is the last way in'],
  company_sign_in_needed: [403, 'Please use your company’s sign-in'],
  company_sign_in_failed: [422, 'The company’s sign-in did not work'],
  unverified_email: [403, 'The company’s sign-in does not vouch for this address'],
  not_a_colleague: [403, 'This address is not among the people here'],
  domain_taken: [409, 'Another company signs in with this domain'],
  // cases
  chat_details_needed: [422, 'Please say who you are'],
  no_such_visitor: [401, 'This chat is not known here'],
  case_closed: [409, 'A closed case does not change'],
  case_merged: [409, 'This case was merged into another'],
  case_aside: [409, 'This case is spam or deleted'],
  other_customer: [409, 'The cases belong to different customers'],
  link_cycle: [409, 'The link would lead round in a circle'],
  undo_later_first: [409, 'Something later has to be undone first'],
  undone_already: [409, 'This was undone already'],
  newer_message: [409, 'A newer message has arrived'],
  nobody_to_answer: [422, 'There is no recipient'],
  not_a_member: [422, 'This agent cannot see the case'],
  snooze_in_past: [422, 'The snooze time has passed already'],
  too_many_attachments: [422, 'Too many or too large attachments'],
  too_late: [409, 'It is too late for that'],
  time_has_passed: [422, 'That time has passed already'],
  not_a_from_address: [422, 'This inbox does not send from that address'],
  not_retryable: [409, 'This message cannot be sent again'],
  brief_needed: [422, 'The next team needs a hand-over brief'],
  fields_missing: [422, 'Fields that are needed have no value yet'],
  promise_in_past: [422, 'The time of the promise has passed already'],
  too_many_promises: [422, 'There are too many open promises'],
  undo_over: [409, 'This cannot be undone any more'],
  too_many_views: [422, 'There are too many views'],
  search_too_long: [503, 'The search took too long'],
  too_many_searches: [422, 'There are too many saved searches'],
  // macros
  macro_empty: [422, 'A macro needs a text or an action'],
  // rules
  rule_empty: [422, 'A rule needs something to do'],
  // customers
  identity_taken: [409, 'Somebody else has this address'],
  too_many_identities: [422, 'There are too many addresses'],
  last_identity: [409, 'This is the last address'],
  organization_domain_taken: [409, 'Another organization has this domain'],
  public_mail_domain: [422, 'Anybody can have a mailbox there'],
  too_large_to_merge: [422, 'There are too many cases to merge'],
  merge_with_itself: [422, 'A customer cannot be merged with itself'],
  blocks_ourselves: [422, 'This would block our own people'],
  blocks_a_provider: [409, 'Many people have their mailbox there'],
  name_does_not_match: [422, 'The name is another one'],
  // inboxes and channels
  bad_inbox_settings: [422, 'The inbox settings are not complete'],
  address_taken: [409, 'Another inbox has this address'],
  mail_unreadable: [422, 'This is not a mail'],
  // importing
  import_state: [409, 'This import is at another step'],
  // routing
  queue_closed: [409, 'The queue takes nobody at the moment'],
  queue_full: [409, 'The queue is full'],
  offer_over: [409, 'This offer is over'],
  work_over: [409, 'This is over already'],
  hands_full: [409, 'This agent has as much as they take at once'],
  nothing_waits: [409, 'Nothing waits there for you'],
  // webhooks
  bad_webhook_address: [422, 'This address cannot be called'],
  webhook_off: [409, 'This endpoint is off'],
  bad_public_key: [422, 'This is no public key that can be used'],
  too_many_chat_keys: [422, 'There are too many keys'],
  bad_visitor_token: [401, 'The site’s word on who this is was not accepted'],
  too_many_webhooks: [422, 'There are too many endpoints'],
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
