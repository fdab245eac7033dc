import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import fc from 'fast-check';
import { createTestDatabase, type TestDatabase } from '../../testing/database.ts';
import { shifted } from './calendar.ts';

let database: TestDatabase;
before(async () => {
  database = await createTestDatabase();
});
after(() => database.drop());

const partsIn = new Map<string, Intl.DateTimeFormat>();
/** The day of the calendar that a moment lies on, as the platform's own time zone data says. */
function dayIn(zone: string, at: number): string {
  let format = partsIn.get(zone);
  if (!format) partsIn.set(zone, (format = new Intl.DateTimeFormat('en-CA', { timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit' })));
  return format.format(at);
}

test('a day begins where the calendar turns to it, through every change of the clocks', { timeout: 60_000 }, async () => {
  const known = new Set((await database.database.pool.query<{ name: string }>('select name from pg_timezone_names')).rows.map((row) => row.name));
  const zones = Intl.supportedValuesOf('timeZone').filter((zone) => known.has(zone));
  assert.ok(zones.length > 300);
  // Years long enough ago for both sides to know the same clocks.
  const changes = ['2021-03-28', '2021-10-31', '2021-03-14', '2021-11-07', '2021-09-05', '2021-04-04', '2021-10-03', '2022-03-27'];
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...zones, 'America/Havana', 'Africa/Cairo', 'Asia/Beirut', 'America/Santiago', 'Australia/Lord_Howe'), fc.oneof(fc.constantFrom(...changes), fc.nat(1600).map((n) => shifted('2018-01-01', n))), fc.nat(86_400_000 - 1), async (zone, day, within) => {
      const { rows } = await database.database.pool.query<{ start: Date; next: Date; day: string }>(
        `select day_start($1::date, $2) as start, day_start($1::date + 1, $2) as next, ((day_start($1::date, $2) + $3 * interval '1 ms') at time zone $2)::date::text as day`, [day, zone, within],
      );
      const { start, next } = rows[0] as { start: Date; next: Date; day: string };
      assert.equal(dayIn(zone, start.getTime()), day, `${zone} ${day} begins on itself`);
      assert.equal(dayIn(zone, start.getTime() - 1), shifted(day, -1), `${zone} ${day} not later than its first moment`);
      const hours = (next.getTime() - start.getTime()) / 3_600_000;
      // Casey once put its clocks on by three hours in a night.
      assert.ok(hours >= 21 && hours <= 27, `${zone} ${day} has ${hours} hours`);
      // The two ways of asking, by the bounds of a day and by the day of a moment, agree.
      const at = start.getTime() + within;
      assert.equal(at < next.getTime(), rows[0]?.day === day, `${zone} ${day} + ${within}`);
      assert.equal(dayIn(zone, at), rows[0]?.day);
    }),
    { numRuns: 600, examples: [['Europe/Berlin', '2021-03-28', 82_800_000], ['Europe/Berlin', '2021-10-31', 86_400_000 - 1], ['America/Havana', '2021-11-07', 1_800_000], ['Antarctica/Casey', '2021-10-03', 0]] },
  );
});
