// The program behind `npm start`. Keeps what Node makes of our sources, which halves the time the next start takes, and then starts the server.
import { enableCompileCache } from 'node:module';
import { join, resolve } from 'node:path';

// In our own directory, not the shared temporary one: who could write there could make us run it.
enableCompileCache(join(resolve(process.env['RAPPORT_DATA'] || './data'), 'cache'));
const { start } = await import('./start.ts');
await start();
