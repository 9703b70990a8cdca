import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { checkBank } from '../../../checks/check-bank.js';
import { checkLedger } from '../../../checks/check-ledger.js';
import { openSnapshot } from '../../../checks/snapshot.js';
import { type Fund, noonOf, startFund } from '../../../test/fund.js';
import { type FixtureLine, piecesOf, signedCsv } from '../../../test/statement-fixture.js';
import { isRefusal } from '../../kernel/refusal.js';
import { readRemittances } from '../batches/index.js';
import { saveFile } from '../files/index.js';
import { readLedgerBalances } from '../ledger/index.js';
import { type BankAccount, type BankImport, bankLineStore, bankPostingStore } from './bank.store.js';
import { discardStatement } from './discard-statement.js';
import { chunkIdOf, findAccount } from './imports.store.js';
import { linesOfPosting } from './lines.store.js';
import { postStatement } from './post-statement.js';
import { previewStatement } from './preview-statement.js';
import { runPosting } from './run-posting.js';
import { runPreview } from './run-preview.js';
import { saveAccount } from './save-account.js';
import { saveProfile } from './save-profile.js';

let fund: Fund;
let keyCount = 0;
beforeAll(async () => {
  fund = await startFund('statements');
});
afterAll(() => fund.stop());

const key = (): string => `statement-key-${(keyCount += 1)}`;
const base = () => fund.heart.base;
const given = <T>(one: T): Exclude<T, { refused: true }> => {
  if (isRefusal(one)) throw new Error(`refused: ${one.code} ${one.message}`);
  return one as Exclude<T, { refused: true }>;
};

async function account(openingFen: number | null = null): Promise<BankAccount> {
  const number = `62220000${String((keyCount += 1)).padStart(6, '0')}`;
  const input = { idempotencyKey: key(), name: '基金专户', bankName: '两江银行', number, openingFen };
  return given(await saveAccount(fund.maker, { ...input, profileId: 'signed' }));
}

async function preview(accountId: string, csv: string | Uint8Array, more: object = {}): Promise<BankImport> {
  // A bank writes of what was: the month is over when its statement comes.
  fund.heart.nowMs = Math.max(fund.heart.nowMs, noonOf('2027-04-02'));
  const stream = piecesOf(csv, 50_000);
  const file = given(
    await saveFile(base(), { name: '流水.csv', purpose: 'statement', uploadedBy: 'fund-maker', stream }),
  );
  const input = { idempotencyKey: key(), accountId, fileId: file.fileId, profileId: 'signed', ...more };
  const one = given(await previewStatement(fund.maker, input));
  return given(await runPreview(fund.heart.system, one._id));
}

async function post(one: BankImport): Promise<BankImport> {
  expect(one.refusal).toBe(null);
  given(await postStatement(fund.maker, { idempotencyKey: key(), importId: one._id }));
  return given(await runPosting(fund.heart.system, one._id));
}

/** Everything that stands on an account, in a form that does not depend on which file brought it. */
async function standing(accountId: string) {
  const postings = await bankPostingStore.collection(base()).find({ accountId }).toArray();
  const lines = (await Promise.all(postings.map((posting) => linesOfPosting(base(), posting)))).flat();
  const balances = await readLedgerBalances(base(), [`bank/${accountId}`, `unallocated/${accountId}`]);
  return {
    lines: lines.map((line) => `${line._id} ${line.amountFen} ${line.memo}`).sort(),
    balances: [...balances].sort(),
  };
}

const day = (n: number): string => `2027-03-${String(n).padStart(2, '0')}`;

/** I11 and I15 over all that this file has posted. */
async function soundBooks(): Promise<unknown[]> {
  const snapshot = openSnapshot(base());
  try {
    const { findings, ledger } = await checkLedger(snapshot);
    return [...findings.all, ...(await checkBank(snapshot, { ledger })).all];
  } finally {
    await snapshot.end();
  }
}

describe('a statement', () => {
  afterAll(async () => {
    expect(await soundBooks()).toEqual([]);
  });

  it('is read, shown, posted; its exact lines pay their remittances, and the books say where every fen lies', async () => {
    await fund.accrue(await fund.sell('a1', 3));
    fund.heart.nowMs = noonOf('2027-01-02');
    const { remittances } = await fund.batch('2026-12');
    const [remittance] = remittances;
    const { _id: accountId } = await account(5_000);
    const csv = signedCsv(
      [
        { day: day(1), amountFen: 300, memo: `${remittance?._id ?? ''} 一元捐` },
        { day: day(2), amountFen: 12, memo: '结息' },
        { day: day(2), amountFen: 77, memo: '不知道' },
        { day: day(3), amountFen: -50, memo: '购买帮扶物资' },
      ],
      5_000,
    );
    const one = await preview(accountId, csv);
    expect(one).toMatchObject({
      state: 'PREVIEWED',
      preview: { lineCount: 4, newCount: 4, creditFen: 389, debitFen: 50, openingFen: 5_000, closingFen: 5_339 },
    });
    expect(one.preview?.checks).toContain('逐行余额相符');
    expect(await bankPostingStore.collection(base()).countDocuments({ accountId })).toBe(0);

    expect(await post(one)).toMatchObject({ state: 'POSTED', progress: { linesPosted: 4 } });
    expect(await readRemittances(base(), { ids: [remittance?._id ?? ''] })).toMatchObject([
      { state: 'REMITTED', receivedFen: 300, remittedDay: day(1) },
    ]);
    const documents = await bankLineStore.collection(base()).find({ accountId }).sort({ _id: 1 }).toArray();
    expect(documents.map((line) => [line.amountFen, line.state])).toEqual(
      expect.arrayContaining([
        [12, 'IGNORED'],
        [77, 'OPEN'],
        [-50, 'OPEN'],
      ]),
    );
    const balances = await readLedgerBalances(base(), 'all');
    expect(balances.get(`bank/${accountId}`)).toBe(339);
    expect(balances.get(`unallocated/${accountId}`)).toBe(-27);
    expect([balances.get('interest'), balances.get('fund'), balances.get('owed/a1')]).toEqual([-12, -300, 0]);
    expect([...balances.values()].reduce((sum, one) => sum + one, 0)).toBe(0);
  });

  it('adds nothing when it comes again, whole or in part, and tells so', async () => {
    const { _id: accountId } = await account();
    const lines = Array.from({ length: 30 }, (_, n): FixtureLine => ({
      day: day(1 + Math.floor(n / 3)),
      amountFen: 100,
    }));
    await post(await preview(accountId, signedCsv(lines)));
    const before = await standing(accountId);
    const again = await preview(accountId, signedCsv(lines));
    expect(again.preview).toMatchObject({ newCount: 0, duplicateCount: 30 });
    await post(again);
    const part = await preview(accountId, signedCsv(lines.slice(10), 1_000));
    expect(part.preview).toMatchObject({ newCount: 0, duplicateCount: 20 });
    await post(part);
    expect(await standing(accountId)).toEqual(before);
    expect((await findAccount(base(), accountId))?.spans).toEqual([
      { fromDay: day(1), toDay: day(10), openingFen: 0, closingFen: 3_000 },
    ]);
  });

  it('ends in the same state in any order of overlapping files, twins counted as often as they are', async () => {
    // No balances: then nothing but the lines themselves says which are the same.
    const body = {
      format: 'csv',
      encoding: 'utf-8',
      delimiter: ',',
      day: { index: 1 },
      amount: { kind: 'signed', amount: { index: 2 } },
    };
    const rest = {
      balance: null,
      counterparty: null,
      counterpartyAccount: null,
      memo: [{ index: 3 }],
      bankSerial: null,
    };
    const rules = { skipRows: [], summaryRows: [], requiresSummary: false, facts: [] };
    const definition = JSON.stringify({ ...body, ...rest, ...rules });
    const csvOf = (lines: readonly FixtureLine[]): string =>
      lines.map((line) => `${line.day},${line.amountFen}.00,${line.memo ?? ''}\n`).join('');
    const line = fc.record({ amountFen: fc.constantFrom(1, 2), memo: fc.constantFrom('甲', '乙') });
    const days = fc.array(fc.array(line, { minLength: 1, maxLength: 4 }), { minLength: 3, maxLength: 5 });
    const cuts = fc.array(fc.tuple(fc.nat(5), fc.nat(5)), { minLength: 1, maxLength: 2 });
    await fc.assert(
      fc.asyncProperty(days, cuts, fc.boolean(), async (all, ranges, isReversed) => {
        const dated = all.map((lines, n) => lines.map((one) => ({ ...one, day: day(n + 1) })));
        // Whole days, as banks export them; together the files hold all days.
        const files = [...ranges, [0, dated.length - 1] as const].map(([a, b]) =>
          dated.slice(Math.min(a, b, dated.length - 1), Math.max(a, b) + 1).flat(),
        );
        const { _id: accountId } = await account();
        for (const file of isReversed ? files.toReversed() : files) {
          const csv = csvOf(isReversed ? file.toReversed() : file);
          await post(await preview(accountId, csv, { profileId: null, definition }));
        }
        const expected = dated
          .flat()
          .map((one) => `${one.amountFen * 100} ${one.memo}`)
          .sort();
        const { lines } = await standing(accountId);
        expect(lines.map((text) => text.split(' ').slice(1).join(' ')).sort()).toEqual(expected);
        expect(new Set(lines.map((text) => text.split(' ')[0])).size).toBe(expected.length);
      }),
      { numRuns: 6 },
    );
  });

  it('is refused where it leaves a gap or differs from what stands, unless a person says why there is a gap', async () => {
    const { _id: accountId } = await account(1_000);
    const first = [
      { day: day(1), amountFen: 100 },
      { day: day(2), amountFen: 200 },
      { day: day(4), amountFen: 300 },
    ];
    expect((await preview(accountId, signedCsv(first, 999))).refusal).toMatchObject({
      code: 'STATEMENT_GAP',
      lineNo: 2,
    });
    await post(await preview(accountId, signedCsv(first, 1_000)));
    const later = signedCsv([{ day: day(9), amountFen: 5 }], 1_700);
    expect((await preview(accountId, later)).refusal).toMatchObject({ code: 'STATEMENT_GAP', lineNo: 2 });
    const changed = signedCsv([first[0]!, { day: day(2), amountFen: 201 }, { day: day(4), amountFen: 299 }], 1_000);
    expect((await preview(accountId, changed)).refusal?.code).toBe('STATEMENT_ALTERED');
    await post(await preview(accountId, later, { gapReason: '三月五日至八日的账单另行补导' }));
    expect((await findAccount(base(), accountId))?.spans).toHaveLength(2);
    await post(await preview(accountId, signedCsv([{ day: day(6), amountFen: 100 }], 1_600)));
    expect((await findAccount(base(), accountId))?.spans).toEqual([
      { fromDay: day(1), toDay: day(9), openingFen: 1_000, closingFen: 1_705 },
    ]);
  });

  it('is refused where a posted line that it continues has another balance, whatever reason is given', async () => {
    const { _id: accountId } = await account(0);
    const lines = [100, 200, 300, 400, 400].map((amountFen, n) => ({
      day: day([1, 2, 3, 3, 4][n]!),
      amountFen,
      serial: `SN2027030${n}`,
    }));
    await post(await preview(accountId, signedCsv(lines.slice(0, 3))));
    // Half a yuan more at the beginning: the bank's numbers say that the first three are those that stand.
    const whole = signedCsv(lines, 50);
    const refused = { code: 'STATEMENT_ALTERED', lineNo: 5 };
    expect((await preview(accountId, whole)).refusal).toMatchObject(refused);
    expect((await preview(accountId, whole, { gapReason: '核对过' })).refusal).toMatchObject(refused);
  });

  it('is refused where a line is of a day that has not come yet, with each such row', async () => {
    const { _id: accountId } = await account();
    // Two in the morning of the third in Chongqing is the evening of the second in UTC.
    const now = fund.heart.nowMs;
    fund.heart.nowMs = Date.parse('2027-05-03T02:00:00+08:00');
    const days = ['2027-05-02', '2027-05-03', '2027-05-04', '2027-12-05'];
    const lines = days.map((one, n) => ({ day: one, amountFen: 100 + n }));
    expect((await preview(accountId, signedCsv(lines.slice(0, 2)))).refusal).toBe(null);
    expect((await preview(accountId, signedCsv(lines))).refusal).toMatchObject({
      ...{
        code: 'DAY_IN_FUTURE',
        lineNo: 4,
        rowCount: 2,
        message: expect.stringContaining('第 4 行：日期 2027-05-04'),
      },
      rows: [{ lineNo: 4 }, { lineNo: 5, message: expect.stringContaining('2027-12-05') }],
    });
    fund.heart.nowMs = now;
  });

  it('names its account by a number as people paste it', async () => {
    const input = { idempotencyKey: key(), name: '基金专户', bankName: '两江银行', profileId: 'signed' };
    const pasted = { ...input, number: ' ６２２２ 0000-9999 0001\u202c' };
    expect(await saveAccount(fund.maker, pasted)).toMatchObject({ number: '6222000099990001' });
    expect(await saveAccount(fund.maker, pasted)).toMatchObject({ number: '6222000099990001' });
    const wrong = { ...input, idempotencyKey: key(), number: '6222 O000 9999' };
    expect(await saveAccount(fund.maker, wrong)).toMatchObject({ code: 'ACCOUNT_INVALID', path: 'number' });
  });

  /** Without the column of balances, as some banks write. */
  const bare = (lines: readonly FixtureLine[]): string =>
    signedCsv(lines)
      .split('\n')
      .map((row) =>
        row
          .split(',')
          .filter((_, column) => column !== 3)
          .join(','),
      )
      .join('\n');
  const definition = JSON.stringify({
    ...{ format: 'csv', encoding: 'utf-8', delimiter: ',', day: { name: '记账日期' }, balance: null },
    amount: { kind: 'signed', amount: { name: '交易金额' } },
    ...{ counterparty: { name: '对方名称' }, counterpartyAccount: null, memo: [{ name: '用途' }] },
    ...{ bankSerial: { name: '流水号' }, skipRows: [], summaryRows: [], requiresSummary: false, facts: [] },
  });
  const byDefinition = { profileId: undefined, definition };

  it('is known again by the bank’s own numbers, whatever the bank writes of names and purposes next time', async () => {
    const { _id: accountId } = await account();
    const first = [
      { day: day(1), amountFen: 1_000, counterparty: '李四', serial: 'S1' },
      { day: day(1), amountFen: 500, counterparty: '张三', serial: 'S2' },
    ];
    await post(await preview(accountId, bare(first), byDefinition));
    const second = [first[0]!, { ...first[1]!, counterparty: '张*' }, { day: day(1), amountFen: 100, serial: 'S3' }];
    const one = await preview(accountId, bare(second), byDefinition);
    expect(one.preview).toMatchObject({ lineCount: 3, newCount: 1, newCreditFen: 100 });
    await post(one);
    expect((await standing(accountId)).balances).toContainEqual([`bank/${accountId}`, 1_600]);
  });

  it('is known again by its balances where the bank gives no numbers', async () => {
    const { _id: accountId } = await account(0);
    const lines = [
      { day: day(1), amountFen: 100, counterparty: '李四' },
      { day: day(1), amountFen: 100, counterparty: '张三' },
    ];
    await post(await preview(accountId, signedCsv(lines)));
    const masked = lines.map((line) => ({ ...line, counterparty: `${line.counterparty[0]!}*` }));
    const one = await preview(accountId, signedCsv([...masked, { day: day(2), amountFen: 7 }]));
    expect(one.preview).toMatchObject({ lineCount: 3, newCount: 1, newCreditFen: 7 });
  });

  it('without numbers and balances is not taken while a line looks like a posted one, until a person says why', async () => {
    const { _id: accountId } = await account();
    await post(await preview(accountId, bare([{ day: day(1), amountFen: 500, counterparty: '张三' }]), byDefinition));
    const again = bare([
      { day: day(1), amountFen: 500, counterparty: '张*' },
      { day: day(2), amountFen: 500, counterparty: '张*' },
    ]);
    const { refusal } = await preview(accountId, again, byDefinition);
    expect(refusal).toMatchObject({ code: 'LOOK_ALIKE', message: expect.stringContaining('第 2 行') });
    const told = await preview(accountId, again, { ...byDefinition, alikeReason: '张三当天汇了两笔' });
    expect(told.preview).toMatchObject({ newCount: 2 });
    expect(told.preview?.problems.join()).toContain('张三当天汇了两笔');
  });

  it('is named to a person as well where one of the two files has balances and the other none', async () => {
    const { _id: accountId } = await account();
    const line = { day: day(1), amountFen: 500, counterparty: '张三' };
    await post(await preview(accountId, bare([line]), byDefinition));
    expect((await preview(accountId, signedCsv([line]))).refusal).toMatchObject({ code: 'LOOK_ALIKE' });
    const other = await account(0);
    await post(await preview(other._id, signedCsv([line])));
    expect((await preview(other._id, bare([line]), byDefinition)).refusal).toMatchObject({ code: 'LOOK_ALIKE' });
  });

  it('is not known again by a number that may be that of its row', async () => {
    const { _id: accountId } = await account();
    const line = { day: day(1), amountFen: 500, counterparty: '张三', serial: '0001' };
    await post(await preview(accountId, bare([line]), byDefinition));
    const another = { ...line, counterparty: '李四' };
    expect((await preview(accountId, bare([another]), byDefinition)).refusal).toMatchObject({ code: 'LOOK_ALIKE' });
  });

  it('is refused where the very same bytes are posted and would be read otherwise', async () => {
    const { _id: accountId } = await account();
    const csv = bare([{ day: day(1), amountFen: 500 }]);
    await post(await preview(accountId, csv, byDefinition));
    const file = given(
      await saveFile(base(), { name: 'b.csv', purpose: 'statement', uploadedBy: 'fund-maker', stream: piecesOf(csv) }),
    );
    const more = JSON.stringify({ ...(JSON.parse(definition) as object), memo: [{ name: '对方名称' }] });
    const input = { idempotencyKey: key(), accountId, fileId: file.fileId, definition: more };
    expect(await previewStatement(fund.maker, input)).toMatchObject({ code: 'FILE_POSTED', path: 'fileId' });
    expect(await previewStatement(fund.maker, { ...input, idempotencyKey: key(), definition })).not.toHaveProperty(
      'code',
    );
  });

  it('leaves its profile with the account, to be offered first for the next one', async () => {
    const { _id: accountId } = await account();
    const twoColumns = given(
      await saveAccount(fund.maker, {
        ...{
          idempotencyKey: key(),
          accountId,
          name: '基金专户',
          bankName: '两江银行',
          number: '622200001234',
          profileId: null,
        },
      }),
    );
    expect(twoColumns.profileId).toBe(null);
    await post(await preview(accountId, signedCsv([{ day: day(1), amountFen: 9 }])));
    expect(await findAccount(base(), accountId)).toMatchObject({ profileId: 'signed' });
  });

  it('goes on where it stopped when the process dies between two chunks or two previews', async () => {
    const { _id: accountId } = await account();
    const lines = Array.from({ length: 9_000 }, (_, n) => ({
      day: day(1 + Math.floor(n / 900)),
      amountFen: 1 + n,
      memo: '结息',
    }));
    const one = await preview(accountId, signedCsv(lines));
    expect(one.chunkCount).toBe(3);
    given(await postStatement(fund.maker, { idempotencyKey: key(), importId: one._id }));
    // As a kill leaves it: the second chunk stands already, the others do not.
    const { readyChunk, postChunk } = await import('./post-chunk.js');
    const { findChunk, findImport } = await import('./imports.store.js');
    const { inTransaction } = await import('../../kernel/transaction.js');
    const posting = (await findImport(base(), one._id))!;
    const chunk = await readyChunk(base(), posting, (await findChunk(base(), chunkIdOf(one._id, 2)))!);
    await inTransaction(base(), (session) => postChunk(base(), posting, chunk, session));

    // Two processes at once, as when a lease ran out.
    const runs = await Promise.allSettled([
      runPosting(fund.heart.system, one._id),
      runPosting(fund.heart.system, one._id),
    ]);
    expect(runs.some((run) => run.status === 'fulfilled')).toBe(true);
    expect((await findImport(base(), one._id))?.state).toBe('POSTED');
    expect((await standing(accountId)).lines).toHaveLength(9_000);
    const balances = await readLedgerBalances(base(), [`bank/${accountId}`, `unallocated/${accountId}`]);
    expect(balances.get(`bank/${accountId}`)).toBe((9_000 * 9_001) / 2);
    expect(balances.get(`unallocated/${accountId}`) ?? 0).toBe(0);
    expect(await findAccount(base(), accountId)).toMatchObject({ postingImportId: null, revision: 1 });
  });

  it('tells no twins apart, however far from each other they lie in the file', async () => {
    fund.heart.nowMs = noonOf('2027-01-02');
    await fund.accrue(await fund.sell('a2', 7));
    fund.heart.nowMs = noonOf('2027-02-02');
    const { remittances } = await fund.batch('2027-01');
    const reference = remittances[0]?._id ?? '';
    const { _id: accountId } = await account();
    const lines = Array.from({ length: 5_000 }, (_, n) => ({
      day: day(1 + Math.floor(n / 500)),
      amountFen: 1 + n,
      memo: '结息',
    }));
    const twin = { amountFen: 700, memo: `${reference} 一元捐` };
    const csv = signedCsv([{ ...twin, day: day(1) }, ...lines, { ...twin, day: day(10) }]);
    const one = await preview(accountId, csv);
    expect(one.repeatedReferences).toEqual([reference]);
    await post(one);
    const twins = await bankLineStore
      .collection(base())
      .find({ accountId, amountFen: 700, state: { $ne: 'IGNORED' } })
      .toArray();
    expect(twins.map((line) => [line.state, line.reason?.code])).toEqual([
      ['OPEN', 'TWINS'],
      ['OPEN', 'TWINS'],
    ]);
  });

  it('is refused where it names more references twice than any fund has', async () => {
    const { _id: accountId } = await account();
    const memo = (n: number): string => Array.from({ length: 8 }, (_, at) => `AX202701-${10 + 8 * n + at}`).join(' ');
    const lines = Array.from({ length: 50_004 }, (_, n) => ({ day: day(1), amountFen: 1 + n, memo: memo(n % 25_002) }));
    const refused = await preview(accountId, signedCsv(lines, 0));
    expect(refused).toMatchObject({ state: 'REFUSED', refusal: { code: 'TOO_MANY_REPEATED' } });
  });

  it('tells how far it is while it is read, in as much memory as a few chunks take', async () => {
    const { _id: accountId } = await account();
    const { _id } = await preview(accountId, signedCsv([{ day: day(1), amountFen: 1 }]));
    const { findImport, changeImport } = await import('./imports.store.js');
    await changeImport(base(), { _id, state: 'PREVIEWED' }, { state: 'PREVIEWING' });
    const seen: number[] = [];
    const most = { heapMb: 0 };
    const many = async function* (): AsyncGenerator<Uint8Array> {
      yield Buffer.from('记账日期,流水号,交易金额,余额,对方名称,对方账户,用途\n');
      for (let part = 0; part < 120; part += 1) {
        const rows = Array.from({ length: 1_000 }, (_, n) => {
          const count = part * 1_000 + n + 1;
          return `${day(1 + Math.floor(part / 10))},S${count},1.00,${count}.00,重庆市某某农业发展有限公司,6222,${'一元捐配捐款'.repeat(8)}\n`;
        });
        seen.push((await findImport(base(), _id))?.progress.linesRead ?? 0);
        most.heapMb = Math.max(most.heapMb, process.memoryUsage().heapUsed / 1_048_576);
        yield Buffer.from(rows.join(''));
      }
    };
    const beforeMb = process.memoryUsage().heapUsed / 1_048_576;
    const one = given(await runPreview(fund.heart.system, _id, many()));
    expect(one).toMatchObject({ state: 'PREVIEWED', chunkCount: 30, preview: { lineCount: 120_000 } });
    expect([...new Set(seen)].length).toBeGreaterThan(2);
    expect([...seen].sort((a, b) => a - b)).toEqual(seen);
    expect(most.heapMb - beforeMb).toBeLessThan(150);
  });

  it('is posted once, after a preview that is not stale, by a maker', async () => {
    const { _id: accountId } = await account();
    const lines = [{ day: day(1), amountFen: 100 }];
    const [one, two] = [await preview(accountId, signedCsv(lines)), await preview(accountId, signedCsv(lines))];
    await post(one);
    expect(await postStatement(fund.maker, { idempotencyKey: key(), importId: two._id })).toMatchObject({
      code: 'PREVIEW_STALE',
    });
    expect(await postStatement(fund.maker, { idempotencyKey: key(), importId: one._id })).toMatchObject({
      state: 'POSTED',
    });
    expect(await discardStatement(fund.maker, { importId: one._id })).toMatchObject({ code: 'ALREADY_POSTED' });
    expect(await discardStatement(fund.maker, { importId: two._id })).toMatchObject({ state: 'DISCARDED' });
    for (const who of [fund.checker, fund.auditor]) {
      expect(await postStatement(who, { idempotencyKey: key(), importId: two._id })).toMatchObject({
        code: 'NOT_ALLOWED',
      });
    }
  });

  it('keeps a profile only as a preview has used it with success', async () => {
    const { _id: accountId } = await account();
    const bad = await preview(accountId, 'nothing,here\n1,2\n');
    expect(bad).toMatchObject({ state: 'REFUSED', refusal: { code: 'HEADER_MISSING' } });
    const input = { idempotencyKey: key(), name: '我的银行', importId: bad._id };
    expect(await saveProfile(fund.maker, input)).toMatchObject({ code: 'PROFILE_UNTESTED' });
    const good = await preview(accountId, signedCsv([{ day: day(1), amountFen: 5 }]));
    const saved = given(await saveProfile(fund.maker, { ...input, importId: good._id }));
    expect(saved).toMatchObject({ name: '我的银行', revision: 1, tested: { preview: { lineCount: 1 } } });
    expect(await saveProfile(fund.maker, { ...input, importId: good._id })).toMatchObject({
      _id: saved._id,
      revision: 1,
    });
  });

  it('is named by the invariant when a line, a posting or the books were changed by hand', async () => {
    const { _id: accountId } = await account();
    await post(await preview(accountId, signedCsv([{ day: day(1), amountFen: 100 }])));
    expect(await soundBooks()).toEqual([]);
    const postings = bankPostingStore.collection(base());
    await postings.updateOne({ accountId }, { $inc: { creditFen: 1 } });
    expect(await soundBooks()).toMatchObject([{ invariant: 'I15', message: expect.stringContaining('sum up') }]);
    await postings.updateOne({ accountId }, { $inc: { creditFen: -1 } });
    const lines = bankLineStore.collection(base());
    await lines.updateOne({ accountId }, { $inc: { amountFen: 5 } });
    expect((await soundBooks()).length).toBeGreaterThan(0);
    await lines.updateOne({ accountId }, { $inc: { amountFen: -5 } });
    expect(await soundBooks()).toEqual([]);
  });
});
