import { moving } from '@rapport/contract';
import { verb, type Route } from '../../platform/http/index.ts';
import { linkCases, listLinks, unlinkCases } from './links.ts';
import { listMoves } from './list-moves.ts';
import { mergeCases } from './merge-cases.ts';
import { markSpam, removeCase, restoreCase } from './set-aside.ts';
import { splitCase } from './split-case.ts';
import { undoMove } from './undo-move.ts';

export const movingRoutes: Route[] = [
  verb(moving.merge, (ctx, { params, body }) => mergeCases(ctx, { ...params, ...body })),
  verb(moving.split, (ctx, { params, body }) => splitCase(ctx, { ...params, ...body })),
  verb(moving.listMoves, (ctx, { params }) => listMoves(ctx, params.caseId)),
  verb(moving.undoMove, (ctx, { params }) => undoMove(ctx, params)),
  verb(moving.listLinks, (ctx, { params }) => listLinks(ctx, params.caseId)),
  verb(moving.link, (ctx, { params, body }) => linkCases(ctx, { ...params, ...body })),
  verb(moving.unlink, (ctx, { params }) => unlinkCases(ctx, params)),
  verb(moving.markSpam, (ctx, { params }) => markSpam(ctx, params.caseId)),
  verb(moving.remove, (ctx, { params, body }) => removeCase(ctx, { ...params, ...body })),
  verb(moving.restore, (ctx, { params }) => restoreCase(ctx, params.caseId)),
];
