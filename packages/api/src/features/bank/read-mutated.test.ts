import { expect, it } from '@jest/globals';
import iconv from 'iconv-lite';
import { type Good, type Mutation, type Pick, silentOf } from '../../../test/mutated-statements.js';
import { LAYOUTS, type Layout, TRUE_LINES, csvOf, yuan } from '../../../test/statement-layouts.js';
import { guessProfile } from './guess-profile.rules.js';
import { READY_PROFILES } from './profiles.data.js';

/** Files a run; more by the environment: `AIXIN_MUTATED_FILES=100000`. The workbooks' test reads the rest of ten thousand. */
const FILES = Number(process.env['AIXIN_MUTATED_FILES'] ?? 9_600);

const lines = (change: (rows: string[], pick: Pick) => string[]): Mutation => {
  return (bytes, pick, encoding) =>
    Buffer.from(change(bytes.toString(encoding).split('\n'), pick).join('\n'), encoding);
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
  're-encoded': (bytes, pick, encoding) => {
    const text = encoding === 'utf8' ? bytes.toString('utf8') : iconv.decode(bytes, 'gb18030');
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

function goodCsv(layout: Layout): Good {
  const text = csvOf(layout);
  const rows = text.split('\n').map((row) => row.split(','));
  const profile = guessProfile(rows, { format: 'csv', delimiter: ',' });
  return { name: layout.name, bytes: Buffer.from(text), profile: profile! };
}

/** As most banks of the country still write it; what alters it finds the commas and newlines where they are in UTF-8. */
function inGb18030({ name, bytes, profile }: Good): Good {
  const encoded = iconv.encode(bytes.toString('utf8'), 'gb18030');
  // One character for each byte, so that whatever cuts and joins it works on the bank's own bytes.
  return { name: `${name}（GB18030）`, bytes: encoded, profile, alterAs: 'latin1' };
}

it(`of ${FILES} good files that were altered none loses, doubles or changes money without a word`, async () => {
  // Without balances and totals nothing in a file tells that a line is missing; the preview says so of each such file.
  const good: Good[] = [
    ...LAYOUTS.filter(({ name }) => !name.startsWith('工商银行：')).map(goodCsv),
    ...LAYOUTS.filter(({ name }) => !name.startsWith('工商银行：')).map((layout) => inGb18030(goodCsv(layout))),
    { name: 'camt.053', bytes: Buffer.from(CAMT), profile: READY_PROFILES.find(({ _id }) => _id === 'camt053')!.body },
  ];
  expect(await silentOf({ good, mutations: MUTATIONS, files: FILES })).toEqual([]);
}, 120_000);
