import { endpoints } from '@rapport/contract';
import { enterAs } from '../accounts/index.ts';
import { open, type Route } from '../platform/http/index.ts';
import { findInstalledAccount } from './find-installation.ts';
import { runSetup } from './run-setup.ts';
import { comesFromElsewhere, mustKnowCode, needsSetupCode } from './setup-code.ts';

export const routes: Route[] = [
  open(endpoints.setup.state, async (platform, _input, { request }) => {
    const account = await findInstalledAccount(platform);
    return { isSetUp: account !== undefined, needsCode: account === undefined && (needsSetupCode(platform.config) || comesFromElsewhere(request)), isDemo: account?.isDemo ?? false, demoSignIn: account?.demoSignIn ?? null };
  }),
  open(endpoints.setup.run, async (platform, { body }, http) => {
    if (!(await findInstalledAccount(platform))) mustKnowCode(platform, http.request, body.code);
    const { accountId, agentId } = await runSetup(platform, body, { actor: body.name, address: http.address });
    return enterAs(platform, accountId, agentId, http);
  }),
];
