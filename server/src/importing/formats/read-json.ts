import { odd, type Found, type FoundPerson, type Placed, type SourceFile } from '../found.ts';
import { splitJson } from '../split-json.ts';
import { objectOf, type Json } from './json-value.ts';

export interface KnownPerson extends FoundPerson {
  isAgent: boolean;
}

/** What a source says of its people and companies, by their ids: records name them by these only. About 150 bytes for each. */
export interface Index {
  people: Map<string, KnownPerson>;
  organizations: Map<string, string>;
}

export interface JsonFormat {
  /** Paths of the lists that hold records. */
  lists: ReadonlySet<string>;
  /** What a record says of people; read from the whole source before anything is turned. */
  learn(record: Json, list: string, index: Index): void;
  turn(record: Json, list: string, index: Index): Found;
}

/** The records of JSON files of one format. They are read twice: people may stand behind the cases that name them. */
export function readJson(format: JsonFormat) {
  return async function* read(files: readonly SourceFile[]): AsyncGenerator<Placed<Found>> {
    const index: Index = { people: new Map(), organizations: new Map() };
    for (const file of files) {
      for await (const { value, list } of splitJson(file.open(), format.lists)) {
        const record = objectOf(value);
        if (record) format.learn(record, list, index);
      }
    }
    let before = 0;
    for (const file of files) {
      let number = 0;
      for await (const { value, list, isTooLarge, line, read: bytes } of splitJson(file.open(), format.lists)) {
        number += 1;
        const record = objectOf(value);
        const found = record ? format.turn(record, list, index) : odd(isTooLarge ? 'too_large' : 'unreadable');
        yield { ...found, place: { file: file.name, record: number, line, read: before + bytes } };
      }
      before += file.bytes;
    }
  };
}
