import type { ImportFormat } from '@rapport/contract';
import { delimiterOf, heading } from './read-csv.ts';

/** Which format a file has, by its name and the first bytes of it; null when nothing speaks for one. */
export function guessFormat(name: string, head: Buffer): ImportFormat | null {
  const text = head.toString('utf8').replace(/^\uFEFF/, '').trimStart();
  if (/^[[{]/.test(text)) return guessJson(text);
  if (text.startsWith('From ') || /^[!-9;-~]+: .*(\r?\n[ \t].*)*\r?\n[!-9;-~]+:/.test(text)) return 'mbox';
  const [line = ''] = text.split(/\r?\n/);
  const names = new Set(line.split(delimiterOf(line)).map((each) => heading(each.replace(/^"|"$/g, ''))));
  const has = (...wanted: string[]) => wanted.some((each) => names.has(each));
  if (names.size > 1 && has('subject', 'title', 'betreff', 'status')) return 'csv_cases';
  if (names.size > 1 && (has('email', 'e_mail', 'phone', 'email_address') || /\.csv$/i.test(name))) return 'csv_customers';
  return /\.mbox$/i.test(name) ? 'mbox' : null;
}

/** By the words only one of them has. */
function guessJson(text: string): ImportFormat | null {
  const has = (...words: string[]) => words.filter((word) => text.includes(`"${word}"`)).length;
  const scores: [ImportFormat, number][] = [
    ['chatwoot', has('message_type', 'content_attributes', 'last_seen_at', 'agent_last_seen_at', 'can_reply', 'contact_inbox') + 2 * has('payload')],
    ['freshdesk', has('requester_id', 'responder_id', 'description_text', 'display_id', 'spam', 'body_text', 'fr_escalated') + 3 * has('helpdesk_ticket', 'conversations')],
    ['zammad', has('article_ids', 'articles', 'owner_id', 'customer_id', 'state_id', 'priority_id', 'group_id', 'create_article_type_id') + 2 * has('articles', 'article_count')],
    ['zendesk', has('requester_id', 'submitter_id', 'assignee_id', 'brand_id', 'via', 'html_body', 'plain_body', 'organization_id', 'raw_subject') + (text.includes('zendesk.com') ? 3 : 0)],
  ];
  const [best, second] = scores.sort((a, b) => b[1] - a[1]);
  return best && best[1] >= 2 && best[1] > (second?.[1] ?? 0) ? best[0] : null;
}
