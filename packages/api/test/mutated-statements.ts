import { StatementCheck } from '../src/features/bank/checks.rules.js';
import { StatementFault } from '../src/features/bank/formats/statement-fault.js';
import type { ProfileBody } from '../src/features/bank/profiles.rules.js';
import { readStatement } from '../src/features/bank/read-statement.js';
import { piecesOf } from './statement-fixture.js';
import { TRUE_LINES } from './statement-layouts.js';

const SEED = Number(process.env['AIXIN_MUTATED_SEED'] ?? 20_261_201);

export type Pick = (below: number) => number;

/** How a text is altered without breaking what it cannot read: bytes of another encoding one by one. */
type AlterAs = 'utf8' | 'latin1';

export type Mutation = (bytes: Buffer, pick: Pick, encoding: AlterAs) => Buffer | Promise<Buffer>;

/** A file of the true lines that is sound. */
export interface Good {
  readonly name: string;
  readonly bytes: Buffer;
  readonly profile: ProfileBody;
  readonly alterAs?: AlterAs;
}

/** Numbers that are the same for the same seed. */
function picker(seed: number): Pick {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

/** The amounts that would be booked; null where the file is refused. What is told beside them counts as a word. */
async function booked(bytes: Buffer, profile: ProfileBody): Promise<{ amounts: number[]; words: string[] } | null> {
  try {
    const statement = readStatement(piecesOf(bytes, 700), profile);
    const check = new StatementCheck();
    const amounts: number[] = [];
    for await (const part of statement.lines) {
      for (const line of part) {
        amounts.push(line.amountFen);
        if (check.add(line)) return null;
      }
    }
    const end = check.finish(statement.facts());
    if ('code' in end) return null;
    return { amounts, words: [...statement.notes(), ...end.open] };
  } catch (error) {
    if (error instanceof StatementFault) return null;
    throw error;
  }
}

/** Lines of one day in another order are the same money. */
const sorted = (amounts: readonly number[]): string => JSON.stringify([...amounts].sort((a, b) => a - b));

/** Whether exactly the true lines would be booked. */
const isTrue = (amounts: readonly number[]): boolean =>
  sorted(amounts) === sorted(TRUE_LINES.map(({ amountFen }) => amountFen));

/** Alters good files, one of these ways each, and gives those that would be booked with other money and no word of it. */
export async function silentOf(asked: {
  readonly good: readonly Good[];
  readonly mutations: Readonly<Record<string, Mutation>>;
  readonly files: number;
}): Promise<string[]> {
  const pick = picker(SEED);
  const names = Object.keys(asked.mutations);
  const silent: string[] = [];
  for (const { name, bytes, profile } of asked.good) {
    if (!isTrue((await booked(bytes, profile))?.amounts ?? [])) silent.push(`${name}, as it is, is not read`);
  }
  for (let n = 0; n < asked.files; n += 1) {
    const file = asked.good[pick(asked.good.length)]!;
    const name = names[pick(names.length)]!;
    const mutated = await asked.mutations[name]!(file.bytes, pick, file.alterAs ?? 'utf8');
    const found = await booked(mutated, file.profile);
    if (!found || found.words.length > 0 || isTrue(found.amounts)) continue;
    silent.push(`${file.name}, ${name}: ${found.amounts.join(' ')}`);
  }
  return silent;
}
