import * as contract from '@rapport/contract';
import { z } from 'zod';

export type JsonSchema = { [key: string]: unknown };

/** What a caller writes (defaults may be left out), or what comes back (they are filled in). */
export type Side = 'input' | 'output';

// A format says it already; the pattern behind it is hundreds of characters long.
const SAID_BY_FORMAT = new Set(['uuid', 'email', 'date-time', 'uri']);

function isSchema(value: unknown): value is z.ZodType {
  return value instanceof z.ZodType;
}

/** The shapes the contract exports under a name become components under that name: `caseRow` is `CaseRow`. */
function namedShapes(): z.core.$ZodRegistry<{ id: string }> {
  const registry = z.registry<{ id: string }>();
  for (const [name, value] of Object.entries(contract)) {
    if (!isSchema(value) || !['object', 'union', 'enum'].includes(value.def.type)) continue;
    registry.add(value, { id: name.charAt(0).toUpperCase() + name.slice(1) });
  }
  return registry;
}

function tidy(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(tidy);
  if (typeof value !== 'object' || value === null) return value;
  const tidied: JsonSchema = {};
  for (const [key, inner] of Object.entries(value)) {
    const { format } = value as JsonSchema;
    if (key === 'pattern' && typeof format === 'string' && SAID_BY_FORMAT.has(format)) continue;
    // Answers may grow: a caller must pass over what it does not know.
    if (key === 'additionalProperties' && inner === false) continue;
    if (key === '$schema' || key === 'id' && typeof inner === 'string' && /^[A-Z]/.test(inner)) continue;
    // What JavaScript can count to is of no interest to a caller.
    if ((key === 'maximum' || key === 'minimum') && Math.abs(Number(inner)) === Number.MAX_SAFE_INTEGER) continue;
    tidied[key] = key === '$ref' && typeof inner === 'string' ? inner.replace('#/$defs/', '#/components/schemas/') : tidy(inner);
  }
  return tidied;
}

const renamed = (schema: unknown, from: string, to: string): unknown => JSON.parse(JSON.stringify(schema).replaceAll(`"#/components/schemas/${from}"`, `"#/components/schemas/${to}"`));

export interface SchemaBook {
  /** The JSON Schema (2020-12) of a shape; named shapes in it become references. */
  describe(shape: z.ZodType, side: Side): JsonSchema;
  readonly components: Record<string, JsonSchema>;
}

/** Turns the contract's shapes into JSON Schema and collects the named ones. One that reads differently going in gets `Input` at its name's end. */
export function createSchemaBook(): SchemaBook {
  const metadata = namedShapes();
  const components: Record<string, JsonSchema> = {};
  return {
    components,
    describe(shape, side) {
      const { $defs = {}, ...whole } = z.toJSONSchema(shape, { io: side, metadata, unrepresentable: 'any' }) as JsonSchema & { $defs?: Record<string, JsonSchema> };
      let result = tidy(whole) as JsonSchema;
      let found = Object.fromEntries(Object.entries($defs).map(([name, schema]) => [name, tidy(schema) as JsonSchema]));
      for (const name of Object.keys(found)) {
        const known = components[name];
        if (!known || JSON.stringify(known) === JSON.stringify(found[name])) continue;
        const other = `${name}Input`;
        result = renamed(result, name, other) as JsonSchema;
        found = Object.fromEntries(Object.entries(found).map(([key, schema]) => [key === name ? other : key, renamed(schema, name, other) as JsonSchema]));
      }
      Object.assign(components, found);
      return result;
    },
  };
}
