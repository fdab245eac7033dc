import { endpoints } from '@rapport/contract';
import { open, verb, type Route } from '../platform/http/index.ts';
import { Refusal } from '../platform/refusal.ts';
import { guessFormat } from './guess-format.ts';
import { checkImport, createImport, getImport, listImports, listOdd, listPieces, previewRemoval, removeImport, startImport, stopImport, uploadPiece } from './imports.ts';
import { reportOf } from './report.ts';

const { imports } = endpoints;
const bytes = (body: unknown): Buffer => (Buffer.isBuffer(body) ? body : Buffer.alloc(0));

export const routes: Route[] = [
  verb(imports.list, (ctx, { query }) => listImports(ctx, query)),
  verb(imports.guess, async (_ctx, { query, body }) => ({ format: guessFormat(query.name, bytes(body)) })),
  verb(imports.create, (ctx, { body }) => createImport(ctx, body)),
  verb(imports.get, (ctx, { params }) => getImport(ctx, params.importId)),
  verb(imports.listPieces, (ctx, { params }) => listPieces(ctx, params.importId)),
  open(imports.upload, (platform, { params, query, body }, _http, actor) => {
    if (!actor) throw new Refusal('signed_out');
    return uploadPiece(platform, actor, params.importId, { file: query.file, place: query.place, content: bytes(body) });
  }),
  verb(imports.check, (ctx, { params }) => checkImport(ctx, params.importId)),
  verb(imports.run, (ctx, { params }) => startImport(ctx, params.importId)),
  verb(imports.stop, (ctx, { params }) => stopImport(ctx, params.importId)),
  verb(imports.listOdd, (ctx, { params, query }) => listOdd(ctx, params.importId, query)),
  verb(imports.report, async (ctx, { params }) => {
    const { filename, csv } = await reportOf(ctx, params.importId);
    return { content: Buffer.from(csv), mediaType: 'text/csv', filename };
  }),
  verb(imports.previewRemoval, (ctx, { params }) => previewRemoval(ctx, params.importId)),
  verb(imports.remove, (ctx, { params, body }) => removeImport(ctx, params.importId, body.keepTouched)),
];
