import { metricsPage, rebuildInsights } from '../insights/index.ts';
import { getInstalledAccount } from '../setup/index.ts';
import { answer, fail, withPlatform, type Verb } from './command.ts';
import { showProgress } from './show-progress.ts';

export const insights: Verb = (program) => {
  const group = program.command('insights').description('The reports');
  group
    .command('rebuild')
    .description('Count all cases anew, beside the running desk')
    .option('--json', 'one JSON document')
    .action((options: { json?: boolean }) =>
      withPlatform(async (platform) => {
        const show = showProgress();
        const { id } = await getInstalledAccount(platform);
        const cases = await rebuildInsights(platform, id, (done, total) => show({ step: 'counting', done, total, unit: 'rows' }));
        answer({ cases }, options, (value) => `${value.cases} cases were counted.`);
      }).catch(fail),
    );
  group.command('metrics').description('What each number means, as Markdown').action(() => answer({}, {}, () => metricsPage().trimEnd()));
};
