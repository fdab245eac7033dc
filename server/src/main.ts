import { readConfig } from './platform/config.ts';
import { openHouse } from './open-house.ts';

const say = (line: string) => process.stdout.write(`${line}\n`);

async function main(): Promise<void> {
  const config = readConfig();
  const house = await openHouse(config, { onProgress: (step) => say(`  ${step}`) });
  say(`Rapport is ready: ${house.url}`);
  for (const [name, address] of Object.entries(house.addresses)) if (name !== 'web') say(`  ${name}: ${address}`);
  let isClosing = false;
  const close = (signal: string) => {
    // A second signal means: now.
    if (isClosing) process.exit(1);
    isClosing = true;
    say(`Stopping (${signal}); running requests and jobs are finished first.`);
    house.close().then(() => process.exit(0), (error: unknown) => {
      console.error(error);
      process.exit(1);
    });
  };
  process.on('SIGTERM', close);
  process.on('SIGINT', close);
}

main().catch((error: Error) => {
  process.stderr.write(`Rapport could not start: ${error.message}\n`);
  process.exit(1);
});
