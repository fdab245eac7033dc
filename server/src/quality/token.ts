import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Secrets } from '../platform/secrets.ts';

const bytesOf = (id: string) => Buffer.from(id.replaceAll('-', ''), 'hex');
const idOf = (bytes: Buffer) => bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
const sign = (secrets: Secrets, body: Buffer) => createHmac('sha256', secrets.deriveKey('survey')).update(body).digest().subarray(0, 16);

/** Stands in the links of a survey mail. It is kept nowhere: account and question, and that we have made it. Whoever has it answers this one question and can do nothing else. */
export function surveyToken(secrets: Secrets, accountId: string, askId: string): string {
  const body = Buffer.concat([bytesOf(accountId), bytesOf(askId)]);
  return Buffer.concat([body, sign(secrets, body)]).toString('base64url');
}

/** Which question a token is for; undefined when it was not made here. */
export function readSurveyToken(secrets: Secrets, token: string): { accountId: string; askId: string } | undefined {
  const bytes = Buffer.from(token, 'base64url');
  const body = bytes.subarray(0, 32);
  if (bytes.length !== 48 || !timingSafeEqual(bytes.subarray(32), sign(secrets, body))) return undefined;
  return { accountId: idOf(body.subarray(0, 16)), askId: idOf(body.subarray(16)) };
}
