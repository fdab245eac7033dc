import { endpoints } from '@rapport/contract';
import { enterAs } from '../accounts/index.ts';
import { open, type Route } from '../platform/http/index.ts';
import { findInstalledAccount } from './find-installation.ts';
import { runSetup } from './run-setup.ts';

export const routes: Route[] = [
  open(endpoints.setup.state, async (platform) => {
    const account = await findInstalledAccount(platform);
    return { isSetUp: account !== undefined, isDemo: account?.isDemo ?? false, demoSignIn: account?.demoSignIn ?? null };
  }),
  open(endpoints.setup.run, async (platform, { body }, http) => {
    const { accountId, agentId } = await runSetup(platform, body, { actor: body.name, address: http.address });
    return enterAs(platform, accountId, agentId, http);
  }),
];
