import { expect, it } from '@jest/globals';
import iconv from 'iconv-lite';
import { piecesOf } from '../../../test/statement-fixture.js';
import { LAYOUTS, type Layout, TRUE_LINES, csvOf, yuan } from '../../../test/statement-layouts.js';
import { StatementCheck } from './checks.rules.js';
import { StatementFault } from './formats/statement-fault.js';
import { guessProfile } from './guess-profile.rules.js';
import { READY_PROFILES } from './profiles.data.js';
import type { ProfileBody } from './profiles.rules.js';
import { readStatement } from './read-statement.js';

/** Files a run; ten thousand and more by the environment: `AIXIN_MUTATED_FILES=10000`. */
const FILES = Number(process.env['AIXIN_MUTATED_FILES'] ?? 300);
const SEED = Number(process.env['AIXIN_MUTATED_SEED'] ?? 20_261_201);

type Pick = (below: number) => number;

/** Numbers that are the same for the same seed. */
function picker(seed: number): Pick {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

type Mutation = (bytes: Buffer, pick: Pick) => Buffer;

const lines = (change: (rows: string[], pick: Pick) => string[]): Mutation => {
  return (bytes, pick) => Buffer.from(change(bytes.toString('utf8').split('\n'), pick).join('\n'));
};
const at = (rows: readonly string[], pick: Pick): number => pick(Math.max(1, rows.length - 1));
const inRow = (change: (row: string, pick: Pick) => string): Mutation =>
  lines((rows, pick) => {
    const place = at(rows, pick);
    return rows.map((row, index) => (index === place ? change(row, pick) : row));
  });

const MUTATIONS: Readonly<Record<string, Mutation>> = {
  cut: (bytes, pick) => bytes.subarray(0, pick(bytes.length)),
  doubled: lines((rows, pick) => {
    const place = at(rows, pick);
    return [...rows.slice(0, place + 1), ...rows.slice(place)];
  }),
  dropped: lines((rows, pick) => rows.toSpliced(at(rows, pick), 1)),
  reordered: lines((rows, pick) => {
    const [from, to] = [at(rows, pick), at(rows, pick)];
    const moved = rows[from] ?? '';
    return rows.toSpliced(from, 1).toSpliced(to, 0, moved);
  }),
  shifted: inRow((row, pick) => {
    const cells = row.split(',');
    return cells.toSpliced(pick(cells.length), 0, '').join(',');
  }),
  merged: inRow((row, pick) => {
    const cells = row.split(',');
    const place = pick(Math.max(1, cells.length - 1));
    return cells.toSpliced(place, 2, `${cells[place] ?? ''}${cells[place + 1] ?? ''}`).join(',');
  }),
  'split by a comma': inRow((row, pick) => {
    const place = pick(Math.max(1, row.length));
    return `${row.slice(0, place)},${row.slice(place)}`;
  }),
  'with a broken quote': inRow((row, pick) => {
    const place = pick(row.length + 1);
    return `${row.slice(0, place)}"${row.slice(place)}`;
  }),
  're-encoded': (bytes, pick) => {
    const text = bytes.toString('utf8');
    const encodings = ['gb18030', 'utf16le', 'latin1', 'big5'] as const;
    return iconv.encode(text, encodings[pick(encodings.length)] ?? 'gb18030');
  },
};

const CAMT = `<?xml version="1.0"?>
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.02"><BkToCstmrStmt><Stmt>
${[['OPBD', 1_000_000] as const, ['CLBD', TRUE_LINES.at(-1)?.balanceFen ?? 0] as const]
  .map(
    ([code, fen]) =>
      `<Bal><Tp><CdOrPrtry><Cd>${code}</Cd></CdOrPrtry></Tp><Amt Ccy="CNY">${yuan(fen)}</Amt><CdtDbtInd>CRDT</CdtDbtInd></Bal>`,
  )
  .join('\n')}
${TRUE_LINES.map(
  (line) =>
    `<Ntry><Amt Ccy="CNY">${yuan(Math.abs(line.amountFen))}</Amt><CdtDbtInd>${line.amountFen > 0 ? 'CRDT' : 'DBIT'}</CdtDbtInd><Sts>BOOK</Sts><BookgDt><Dt>${line.day}</Dt></BookgDt></Ntry>`,
).join('\n')}
</Stmt></BkToCstmrStmt></Document>
`;

interface Good {
  readonly name: string;
  readonly bytes: Buffer;
  readonly profile: ProfileBody;
}

function goodCsv(layout: Layout): Good {
  const text = csvOf(layout);
  const rows = text.split('\n').map((row) => row.split(','));
  const profile = guessProfile(rows, { format: 'csv', delimiter: ',' });
  return { name: layout.name, bytes: Buffer.from(text), profile: profile! };
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

it(`of ${FILES} good files that were altered none loses, doubles or changes money without a word`, async () => {
  const pick = picker(SEED);
  // Without balances and totals nothing in a file tells that a line is missing; the preview says so of each such file.
  const good: Good[] = [
    ...LAYOUTS.filter(({ name }) => !name.startsWith('工商银行：')).map(goodCsv),
    { name: 'camt.053', bytes: Buffer.from(CAMT), profile: READY_PROFILES.find(({ _id }) => _id === 'camt053')!.body },
  ];
  const names = Object.keys(MUTATIONS);
  // Lines of one day in another order are the same money.
  const sorted = (amounts: readonly number[]): string => JSON.stringify([...amounts].sort((a, b) => a - b));
  const truth = sorted(TRUE_LINES.map(({ amountFen }) => amountFen));
  const silent: string[] = [];
  for (let n = 0; n < FILES; n += 1) {
    const file = good[pick(good.length)]!;
    const name = names[pick(names.length)]!;
    const mutated = MUTATIONS[name]!(file.bytes, pick);
    const found = await booked(mutated, file.profile);
    if (!found || found.words.length > 0 || sorted(found.amounts) === truth) continue;
    silent.push(`${file.name}, ${name}: ${found.amounts.join(' ')}`);
  }
  expect(silent).toEqual([]);
});
