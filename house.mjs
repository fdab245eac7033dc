// The floors of the building, top to bottom. A room may use the rooms on floors below it, through their index.ts, and nothing else.
// The order is written only here: the import rules and the drawing in ARCHITECTURE.md are both made from it.
// Rooms that are planned but not built yet stand in `planned`, with the floor they will live on.
export const buildings = {
  'server/src': [
    { floor: 'welcome', rooms: ['setup', 'demo', 'privacy', 'importing'], planned: [] },
    { floor: 'doors', rooms: ['channels', 'live', 'webhooks'], planned: [] },
    { floor: 'helpers', rooms: ['automation', 'notifications', 'insights'], planned: ['assist'] },
    { floor: 'operation', rooms: ['routing', 'quality'], planned: ['billing', 'learning'] },
    { floor: 'the desk', rooms: ['cases'], planned: [] },
    { floor: 'records', rooms: ['customers', 'inboxes', 'ledger', 'workforce'], planned: ['knowledge'] },
    { floor: 'people', rooms: ['accounts'], planned: [] },
    { floor: 'ground', rooms: ['platform'], planned: [] },
  ],
};
