import type { Base } from '../../kernel/context.js';
import { openFile } from '../files/index.js';
import type { BankAccount, BankImport, BankProfile } from './bank.store.js';
import { lineOfRow, readRows } from './chunks.rules.js';
import { decodeText } from './formats/decode-text.js';
import type { Bytes } from './formats/raw-rows.js';
import { readCsv } from './formats/read-csv.js';
import { readXlsx } from './formats/read-xlsx.js';
import { StatementFault } from './formats/statement-fault.js';
import { guessDelimiter, guessProfile } from './guess-profile.rules.js';
import {
  chunkIdOf,
  findAllAccounts,
  findChunk,
  findImport,
  findImports,
  findProfile,
  findProfiles,
} from './imports.store.js';
import { READY_PROFILES } from './profiles.data.js';
import type { TableProfile } from './profiles.rules.js';
import type { StatementLine } from './statement-lines.js';

export async function readBankAccounts(base: Base): Promise<BankAccount[]> {
  return findAllAccounts(base);
}

/** Kept profiles and the ready ones that nobody has kept under the same id. */
export async function readProfiles(base: Base): Promise<BankProfile[]> {
  const kept = await findProfiles(base);
  const ready = READY_PROFILES.filter(({ _id }) => !kept.some((one) => one._id === _id));
  return [...kept, ...ready.map(readyProfile)];
}

export async function readProfile(base: Base, profileId: string): Promise<BankProfile | null> {
  const kept = await findProfile(base, profileId);
  if (kept) return kept;
  const ready = READY_PROFILES.find(({ _id }) => _id === profileId);
  return ready ? readyProfile(ready) : null;
}

function readyProfile({ _id, name, body }: (typeof READY_PROFILES)[number]): BankProfile {
  return { _id, name, body, revision: 0, testedImportId: null, tested: null, by: 'zone', at: new Date(0) };
}

export async function readImport(base: Base, importId: string): Promise<BankImport | null> {
  return findImport(base, importId);
}

export async function readImports(
  base: Base,
  asked: { first: number; after: { atMs: number; importId: string } | null },
): Promise<BankImport[]> {
  return findImports(base, asked);
}

/** The first lines as they would be posted, for a person to look at; empty before the preview is done. */
export async function readFirstLines(base: Base, importId: string, first: number): Promise<StatementLine[]> {
  const chunk = await findChunk(base, chunkIdOf(importId, 1));
  return chunk ? readRows(chunk.lines).slice(0, first).map(lineOfRow) : [];
}

/** Enough for preamble, header and some lines. */
const GUESS_BYTES = 65_536;

/** A profile out of the header of a file that was brought; null where no row looks like a header. */
export async function guessProfileOf(base: Base, fileId: string): Promise<TableProfile | null> {
  const file = await openFile(base, fileId);
  if (!file) return null;
  const isSheet = file.meta.name.toLowerCase().endsWith('.xlsx');
  try {
    if (isSheet) return guessProfile(await firstPart(readXlsx(file.stream)), { format: 'xlsx', delimiter: ',' });
    const text = await firstText(file.stream);
    const delimiter = guessDelimiter(text);
    // The last line may be cut off in the middle, of a quote even: only whole lines are looked at.
    const whole = text.slice(0, text.lastIndexOf('\n') + 1);
    return guessProfile(await firstPart(readCsv(only(whole), delimiter)), { format: 'csv', delimiter });
  } catch (error) {
    if (error instanceof StatementFault) return null;
    throw error;
  } finally {
    file.stream.destroy();
  }
}

async function firstPart(
  rows: AsyncIterable<readonly { readonly cells: readonly string[] }[]>,
): Promise<(readonly string[])[]> {
  for await (const part of rows) return part.map((row) => row.cells);
  return [];
}

async function firstText(bytes: Bytes): Promise<string> {
  for await (const text of decodeText(limited(bytes), 'auto')) return text;
  return '';
}

async function* limited(bytes: Bytes): Bytes {
  let size = 0;
  for await (const piece of bytes) {
    yield piece;
    size += piece.length;
    if (size >= GUESS_BYTES) return;
  }
}

async function* only(text: string): AsyncGenerator<string> {
  yield Promise.resolve(text);
}
