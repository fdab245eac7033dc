import { deliveryStates, outcomes, type DeliveryState, type LedgerRow, type Outcome } from '@rapport/contract';
import { Option } from 'commander';
import { findLedgerAccount, listLedger, summariseLedger, verifyLedger, type LedgerFault, type LedgerSummary } from '../ledger/index.ts';
import { inAccount, systemActor } from '../platform/context.ts';
import { answer, fail, withPlatform, type Verb } from './command.ts';

interface Options {
  json?: boolean;
  summary?: boolean;
  verify?: boolean;
  account?: string;
  direction?: 'in' | 'out';
  outcome?: Outcome;
  state?: DeliveryState;
  limit: string;
}

const list = (record: Record<string, number>) => Object.entries(record).map(([name, count]) => `  ${name.padEnd(16)}${count}`).join('\n');

function describeSummary(summary: LedgerSummary): string {
  return [`seen at the doors  ${summary.in.seen}`, list(summary.in.outcomes), `sent by us  ${summary.out.queuedEver}`, list(summary.out.states), summary.isBalanced ? 'The numbers add up.' : 'The numbers do NOT add up.'].join('\n');
}

function describeRow(row: LedgerRow): string {
  const what = `${row.outcome ?? row.state ?? ''}${row.reason === null ? '' : ` (${row.reason})`}`;
  return [row.at, row.direction === 'in' ? '<-' : '->', row.door ?? '', what, row.caseNumber === null ? '' : `#${row.caseNumber}`, row.sender, row.recipient, row.subject].filter((part) => part !== '').join('  ');
}

function describeFaults(faults: LedgerFault[]): string {
  if (faults.length === 0) return 'Every message has its row and every row its message.';
  return faults.map((fault) => `${fault.fault}  ledger ${fault.ledgerId ?? '-'}  entry ${fault.entryId ?? '-'}`).join('\n');
}

export const ledger: Verb = (program) => {
  program
    .command('ledger')
    .description('Every message seen at a door and every one sent')
    .option('--summary', 'the balance: outcomes of what came in, states of what went out')
    .option('--verify', 'compare the ledger with the messages on the cases; ends with exit code 1 when something is missing')
    .addOption(new Option('--direction <direction>').choices(['in', 'out']))
    .addOption(new Option('--outcome <outcome>').choices([...outcomes]))
    .addOption(new Option('--state <state>').choices([...deliveryStates]))
    .option('--limit <rows>', 'how many rows, newest first', '50')
    .option('--account <id>', 'needed only when there are several companies')
    .option('--json', 'one JSON document')
    .action((options: Options) =>
      withPlatform(async (platform) => {
        const accountId = await findLedgerAccount(platform, options.account);
        await inAccount(platform, accountId, systemActor('command line'), async (ctx) => {
          if (options.summary) return answer(await summariseLedger(ctx), options, describeSummary);
          if (options.verify) {
            const faults = await verifyLedger(ctx);
            if (faults.length > 0) process.exitCode = 1;
            return answer({ faults }, options, (value) => describeFaults(value.faults));
          }
          const { direction, outcome, state } = options;
          const page = await listLedger(ctx, { direction, outcome, state, limit: Math.max(1, Math.min(10_000, Number(options.limit) || 50)) });
          return answer({ items: page.items }, options, (value) => value.items.map(describeRow).join('\n'));
        });
      }).catch(fail),
    );
};
