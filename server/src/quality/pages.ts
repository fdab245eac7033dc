import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { scoresOf, surveyAnswer, type SurveyAsked } from '@rapport/contract';
import { inAccount, systemActor, type Platform } from '../platform/context.ts';
import { enforceLimit, networkOf } from '../platform/http/index.ts';
import { Refusal } from '../platform/refusal.ts';
import type { Service } from '../platform/room.ts';
import { answerAsked, getAsked } from './answer.ts';
import { overPage, questionPage, script, style, thanksPage } from './page-html.ts';
import { readSurveyToken } from './token.ts';

const actor = systemActor('surveys');
const LIMIT = { per: 'address', max: 60, windowSeconds: 60 } as const;
const FORM_BYTES = 16 * 1024;
const POLICY = "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

const tokenOf = (request: FastifyRequest): string => (request.params as { token: string }).token;
const scoreIn = (asked: SurveyAsked, text: unknown): number | undefined => scoresOf(asked.kind).find((score) => String(score) === text);

function page(reply: FastifyReply, html: string, status = 200): FastifyReply {
  return reply.code(status).header('content-security-policy', POLICY).header('referrer-policy', 'no-referrer').header('cache-control', 'no-store').header('x-robots-tag', 'noindex').type('text/html; charset=utf-8').send(html);
}

/**
 * Where customers say how it was: pages made here that need no script. Looking at one records nothing, whatever the link says, because programs that read mails follow links; only handing in the
 * form does. With script, a score chosen in the mail is handed in at the first sign of a person.
 */
export function surveyPages(): Service {
  return {
    name: 'surveys', role: 'web',
    start: async (platform, app) => servePages(platform, app),
    stop: async () => undefined,
  };
}

function servePages(platform: Platform, app: FastifyInstance): void {
  const asked = async (request: FastifyRequest, reply: FastifyReply): Promise<{ asked: SurveyAsked; accountId: string; askId: string } | undefined> => {
    await enforceLimit(platform.database, `survey ${networkOf(request.ip)}`, LIMIT, reply);
    const named = readSurveyToken(platform.secrets, tokenOf(request));
    const found = named && (await inAccount(platform, named.accountId, actor, (ctx) => getAsked(ctx, named.askId)));
    return named && found && { ...named, asked: found };
  };
  const languageOf = (request: FastifyRequest): string => String(request.headers['accept-language'] ?? '').split(',')[0] ?? '';
  const file = (type: string, content: string) => (_request: FastifyRequest, reply: FastifyReply) => reply.type(type).header('cache-control', 'public, max-age=3600').send(content);

  void app.register(async (scope) => {
    scope.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string', bodyLimit: FORM_BYTES }, (_request, body, done) => done(null, new URLSearchParams(String(body))));
    scope.get('/survey/style.css', file('text/css; charset=utf-8', style));
    scope.get('/survey/script.js', file('text/javascript; charset=utf-8', script));
    scope.get('/survey/:token', async (request, reply) => {
      const found = await asked(request, reply);
      if (!found) return page(reply, overPage(languageOf(request)), 404);
      const chosen = scoreIn(found.asked, (request.query as Record<string, unknown>)['score']);
      return page(reply, questionPage(found.asked, { chosen }));
    });
    scope.post('/survey/:token', { bodyLimit: FORM_BYTES }, async (request, reply) => {
      const found = await asked(request, reply);
      if (!found) return page(reply, overPage(languageOf(request)), 404);
      const form = request.body instanceof URLSearchParams ? request.body : new URLSearchParams();
      const [score, comment] = [scoreIn(found.asked, form.get('score')), form.get('comment') ?? found.asked.comment];
      const answer = surveyAnswer.safeParse({ score, comment });
      if (!answer.success) return page(reply, questionPage({ ...found.asked, comment: comment.slice(0, 2_000) }, { chosen: score, isMissing: score === undefined }), 400);
      try {
        await inAccount(platform, found.accountId, actor, (ctx) => answerAsked(ctx, found.askId, answer.data));
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        return page(reply, overPage(found.asked.language), 409);
      }
      // A score alone: what was behind it can still be said.
      const now = { ...found.asked, ...answer.data };
      return page(reply, form.has('comment') ? thanksPage(now) : questionPage(now, { chosen: now.score, isTaken: true }));
    });
  });
}
