import { macros, rules } from '@rapport/contract';
import type { AgentActor, Ctx } from '../platform/context.ts';
import { verb, type Route } from '../platform/http/index.ts';
import { languageOfCase } from './language/language-of-case.ts';
import { createFolder, listFolders, removeFolder, renameFolder, restoreFolder } from './macros/folders.ts';
import { exportMacros, importMacros } from './macros/macro-file.ts';
import { createMacro, getMacro, listMacros, listMacroVersions, removeMacro, restoreMacro, updateMacro } from './macros/macros.ts';
import { listStarters, takeStarters } from './macros/take-starters.ts';
import { recordMacroUse } from './macros/record-use.ts';
import { previewMacro, renderMacro } from './macros/render-macro.ts';
import { listCaseRuns, listRuns } from './rules/list-runs.ts';
import { createRule, getRule, listRemovedRules, listRules, listRuleVersions, orderRules, removeRule, updateRule } from './rules/rules.ts';
import { tryOutRule } from './rules/try-out.ts';

type AgentCtx = Ctx & { actor: AgentActor };
/** Every route here needs a permission, so an agent asks. */
const agent = (ctx: Ctx): AgentCtx => ctx as AgentCtx;

export const routes: Route[] = [
  verb(macros.list, (ctx) => listMacros(agent(ctx))),
  verb(macros.get, (ctx, { params }) => getMacro(agent(ctx), params.macroId)),
  verb(macros.create, (ctx, { body }) => createMacro(agent(ctx), body)),
  verb(macros.update, (ctx, { params, body }) => updateMacro(agent(ctx), { ...params, ...body })),
  verb(macros.restore, (ctx, { body }) => restoreMacro(agent(ctx), body.wayBack)),
  verb(macros.restoreFolder, (ctx, { body }) => restoreFolder(agent(ctx), body.wayBack)),
  verb(macros.remove, (ctx, { params }) => removeMacro(agent(ctx), params.macroId)),
  verb(macros.listVersions, (ctx, { params, query }) => listMacroVersions(agent(ctx), { ...params, ...query })),
  verb(macros.listFolders, (ctx) => listFolders(agent(ctx))),
  verb(macros.createFolder, (ctx, { body }) => createFolder(agent(ctx), body)),
  verb(macros.renameFolder, (ctx, { params, body }) => renameFolder(agent(ctx), { ...params, ...body })),
  verb(macros.removeFolder, (ctx, { params }) => removeFolder(agent(ctx), params.folderId)),
  verb(macros.render, (ctx, { params, query }) => renderMacro(agent(ctx), { ...params, ...query })),
  verb(macros.preview, (ctx, { params, body }) => previewMacro(agent(ctx), { ...params, ...body })),
  verb(macros.recordUse, (ctx, { params }) => recordMacroUse(agent(ctx), params.macroId)),
  verb(macros.exportAll, (ctx) => exportMacros(agent(ctx))),
  verb(macros.importAll, (ctx, { body }) => importMacros(agent(ctx), body)),
  verb(macros.listStarters, () => listStarters()),
  verb(macros.takeStarters, (ctx, { body }) => takeStarters(agent(ctx), body)),
  verb(macros.language, (ctx, { params }) => languageOfCase(agent(ctx), params.caseId)),
  verb(rules.list, (ctx) => listRules(agent(ctx))),
  verb(rules.listRemoved, (ctx) => listRemovedRules(agent(ctx))),
  verb(rules.get, (ctx, { params }) => getRule(agent(ctx), params.ruleId)),
  verb(rules.create, (ctx, { body }) => createRule(agent(ctx), body)),
  verb(rules.update, (ctx, { params, body }) => updateRule(agent(ctx), { ...params, ...body })),
  verb(rules.remove, (ctx, { params }) => removeRule(agent(ctx), params.ruleId)),
  verb(rules.setOrder, (ctx, { body }) => orderRules(agent(ctx), body.ruleIds)),
  verb(rules.listVersions, (ctx, { params, query }) => listRuleVersions(agent(ctx), { ...params, ...query })),
  verb(rules.listRuns, (ctx, { params, query }) => listRuns(agent(ctx), { ...params, ...query })),
  verb(rules.listCaseRuns, (ctx, { params, query }) => listCaseRuns(agent(ctx), { ...params, ...query })),
  verb(rules.tryOut, (ctx, { body }) => tryOutRule(agent(ctx), body)),
];
