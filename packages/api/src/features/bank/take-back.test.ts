import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { checkBank } from '../../../checks/check-bank.js';
import { checkLedger } from '../../../checks/check-ledger.js';
import { openSnapshot } from '../../../checks/snapshot.js';
import { type Fund, noonOf, personWith, startFund } from '../../../test/fund.js';
import { type FixtureLine, piecesOf, signedCsv } from '../../../test/statement-fixture.js';
import { isRefusal } from '../../kernel/refusal.js';
import { inTransaction } from '../../kernel/transaction.js';
import { readRemittances, remittanceStore } from '../batches/index.js';
import { saveFile } from '../files/index.js';
import { ledgerStore, readLedgerBalances } from '../ledger/index.js';
import { askStatementBack } from './ask-statement-back.js';
import { bankDayTotalsStore } from './bank-totals.store.js';
import { bankJobs } from './bank.jobs.js';
import { type BankImport, bankLineStore, bankPostingStore } from './bank.store.js';
import { declineStatementBack } from './decline-statement-back.js';
import { ignoreLine } from './ignore-line.js';
import { chunkIdOf, findAccount, findImport } from './imports.store.js';
import { linesOfPosting } from './lines.store.js';
import { postStatement } from './post-statement.js';
import { previewStatement } from './preview-statement.js';
import { rebuildBankTotals } from './rebuild-totals.js';
import { reopenLine } from './reopen-line.js';
import { runPosting } from './run-posting.js';
import { runPreview } from './run-preview.js';
import { runTakeBack } from './run-take-back.js';
import { saveAccount } from './save-account.js';
import { takeChunkBack } from './take-chunk-back.js';
import { takeStatementBack } from './take-statement-back.js';
import { bankTakenChunkStore } from './taken-chunks.store.js';

let fund: Fund;
let keyCount = 0;
/** What the sponsor owes: `[reference, fen]` of two remittances. */
let owed: (readonly [string, number])[] = [];
beforeAll(async () => {
  fund = await startFund('take-back');
  await fund.accrue(await fund.sell('a1', 3));
  await fund.accrue(await fund.sell('a2', 2));
  fund.heart.nowMs = noonOf('2027-01-02');
  const { remittances } = await fund.batch('2026-12');
  owed = remittances.map(({ _id, amountFen }) => [_id, amountFen]);
  fund.heart.nowMs = noonOf('2027-04-02');
});
afterAll(() => fund.stop());

const key = (): string => `take-back-key-${(keyCount += 1)}`;
const base = () => fund.heart.base;
const day = (n: number): string => `2027-03-${String(n).padStart(2, '0')}`;
const given = <T>(one: T): Exclude<T, { refused: true }> => {
  if (isRefusal(one)) throw new Error(`refused: ${one.code} ${one.message}`);
  return one as Exclude<T, { refused: true }>;
};

async function account(): Promise<string> {
  const number = `62221111${String((keyCount += 1)).padStart(6, '0')}`;
  const input = { idempotencyKey: key(), name: '基金专户', bankName: '两江银行', number, openingFen: 0 };
  return given(await saveAccount(fund.maker, { ...input, profileId: 'signed' }))._id;
}

async function preview(accountId: string, csv: string): Promise<BankImport> {
  const stream = piecesOf(csv, 50_000);
  const named = { name: '流水.csv', purpose: 'statement', uploadedBy: 'fund-maker' } as const;
  const { fileId } = given(await saveFile(base(), { ...named, stream }));
  const input = { idempotencyKey: key(), accountId, fileId, profileId: 'signed' };
  return given(await runPreview(fund.heart.system, given(await previewStatement(fund.maker, input))._id));
}

async function post(accountId: string, lines: readonly FixtureLine[], openingFen = 0): Promise<BankImport> {
  const one = await preview(accountId, signedCsv(lines, openingFen));
  expect(one.refusal).toBe(null);
  given(await postStatement(fund.maker, { idempotencyKey: key(), importId: one._id }));
  return given(await runPosting(fund.heart.system, one._id));
}

const ask = (importId: string) =>
  askStatementBack(fund.maker, { idempotencyKey: key(), importId, reason: '导错了账户' });

async function takeBack({ _id: importId }: BankImport): Promise<BankImport> {
  given(await ask(importId));
  given(await takeStatementBack(fund.checker, { importId }));
  return given(await runTakeBack(fund.heart.system, importId));
}

/** All that people read of an account, in a form that does not tell which file brought it or when. */
async function books(accountId: string) {
  const mine = (text: string): string => text.replaceAll(accountId, 'account');
  const documents = await bankLineStore.collection(base()).find({ accountId }).toArray();
  const postings = await bankPostingStore.collection(base()).find({ accountId }).toArray();
  const lines = (await Promise.all(postings.map((posting) => linesOfPosting(base(), posting)))).flat();
  const totals = await bankDayTotalsStore.collection(base()).find({ accountId }).sort({ _id: 1 }).toArray();
  const balances = await readLedgerBalances(base(), [`bank/${accountId}`, `unallocated/${accountId}`]);
  return {
    documents: documents.map(({ _id, state, reason }) => mine(`${_id} ${state} ${JSON.stringify(reason)}`)).sort(),
    lines: lines.map((line) => mine(`${line._id} ${line.amountFen} ${line.memo}`)).sort(),
    totals: totals
      .filter(({ OPEN, SUGGESTED, MATCHED, IGNORED }) =>
        [OPEN, SUGGESTED, MATCHED, IGNORED].some(({ count }) => count > 0),
      )
      .map(({ _id, accountId: _account, ...sums }) => [mine(_id), sums]),
    balances: [...balances]
      .filter(([, fen]) => fen !== 0)
      .map(([name, fen]) => `${mine(name)} ${fen}`)
      .sort(),
    spans: (await findAccount(base(), accountId))?.spans,
  };
}

async function fundBalances() {
  const all = await readLedgerBalances(base(), 'all');
  return [...all].filter(([name, fen]) => fen !== 0 && !/^(bank|unallocated)\//.test(name)).sort();
}

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

describe('a statement that was posted by mistake', () => {
  afterAll(async () => {
    expect(await soundBooks()).toEqual([]);
    expect(await rebuildBankTotals(base())).toBe(0);
  });

  it('leaves the books as if only the right one had been posted, whatever the two have in common', async () => {
    const line = fc.record({
      day: fc.integer({ min: 1, max: 6 }).map(day),
      amountFen: fc.oneof(fc.constantFrom(-7, 12, 12), fc.constant(0)),
      memo: fc.constantFrom('结息', '不知道', '手续费'),
      owes: fc.nat(1),
    });
    const file = fc.array(line, { minLength: 1, maxLength: 6 });
    const linesOf = (some: readonly { day: string; amountFen: number; memo: string; owes: number }[]) => {
      const paid = new Set<number>();
      return [...some]
        .sort((a, b) => (a.day < b.day ? -1 : 1))
        .flatMap(({ owes, ...one }): FixtureLine[] => {
          if (one.amountFen !== 0) return [one];
          const [reference, amountFen] = owed[owes]!;
          if (paid.has(owes)) return [];
          paid.add(owes);
          return [{ day: one.day, amountFen, memo: `${reference} 一元捐` }];
        });
    };
    await fc.assert(
      fc.asyncProperty(file, file, async (wrongLines, rightLines) => {
        const [wrong, right] = [linesOf(wrongLines), linesOf(rightLines)];
        const [only, mended] = [await account(), await account()];
        const before = await fundBalances();
        const first = await post(only, right);
        const [expected, withIt] = [await books(only), await fundBalances()];
        expect(await takeBack(first)).toMatchObject({ state: 'TAKEN_BACK' });
        expect(await fundBalances()).toEqual(before);

        expect(await takeBack(await post(mended, wrong))).toMatchObject({ state: 'TAKEN_BACK' });
        const again = await post(mended, right);
        expect(await books(mended)).toEqual(expected);
        expect(await fundBalances()).toEqual(withIt);
        await takeBack(again);
        expect(await fundBalances()).toEqual(before);
      }),
      { numRuns: 6 },
    );
  });

  it('is asked back by one person and taken back by another, or left as it is', async () => {
    const accountId = await account();
    const one = await post(accountId, [{ day: day(1), amountFen: 77, memo: '不知道' }]);
    const { _id: importId } = one;
    const input = { idempotencyKey: key(), importId, reason: '导错了账户' };
    expect(await askStatementBack(fund.checker, input)).toMatchObject({ code: 'NOT_ALLOWED' });
    expect(await askStatementBack(fund.maker, { ...input, reason: ' ' })).toMatchObject({ code: 'REASON_INVALID' });
    expect(await takeStatementBack(fund.checker, { importId })).toMatchObject({ code: 'BACK_NOT_ASKED' });
    expect(await askStatementBack(fund.maker, input)).toMatchObject({ state: 'BACK_ASKED' });
    expect(await askStatementBack(fund.maker, input)).toMatchObject({ state: 'BACK_ASKED' });
    expect(await askStatementBack(fund.maker, { ...input, reason: '别的' })).toMatchObject({ code: 'KEY_REUSED' });
    expect(await ask(importId)).toMatchObject({ code: 'BACK_ASKED' });
    const same = personWith(fund.heart, 'fund-checker', 'fund-maker');
    expect(await takeStatementBack(same, { importId })).toMatchObject({ code: 'SAME_PERSON' });
    expect(await declineStatementBack(fund.auditor, { importId })).toMatchObject({ code: 'NOT_ALLOWED' });
    expect(await declineStatementBack(fund.checker, { importId })).toMatchObject({ state: 'POSTED' });
    expect(await declineStatementBack(fund.maker, { importId })).toMatchObject({ state: 'POSTED' });
    expect((await books(accountId)).lines).toHaveLength(1);

    expect(await takeBack(one)).toMatchObject({ state: 'TAKEN_BACK', back: { approvedBy: 'fund-checker' } });
    expect(await ask(importId)).toMatchObject({ code: 'BACK_ASKED' });
    expect(await postStatement(fund.maker, { idempotencyKey: key(), importId })).toMatchObject({ state: 'TAKEN_BACK' });
    expect(await findAccount(base(), accountId)).toMatchObject({ postingImportId: null, spans: [] });
    const corrections = await ledgerStore
      .collection(base())
      .find({ kind: 'correction', 'refs.importId': importId })
      .toArray();
    const [taken] = await bankTakenChunkStore.collection(base()).find({ importId }).toArray();
    expect(corrections.map(({ correctsId }) => correctsId)).toEqual([taken?.posting.ledgerId]);
  });

  it('stays while a person’s decision, a receipt or a later statement of the same days leans on it', async () => {
    const accountId = await account();
    const [reference, amountFen] = owed[0]!;
    const lines = [
      { day: day(1), amountFen, memo: `${reference} 一元捐` },
      { day: day(2), amountFen: 77, memo: '不知道' },
    ];
    const one = await post(accountId, lines);
    const remittances = remittanceStore.collection(base());
    await remittances.updateOne({ _id: reference }, { $set: { state: 'RECEIPTED' } });
    expect(await ask(one._id)).toMatchObject({ code: 'RECEIPTED', message: expect.stringContaining(reference) });
    await remittances.updateOne({ _id: reference }, { $set: { state: 'REMITTED' } });

    const open = await bankLineStore.collection(base()).findOne({ accountId, amountFen: 77 });
    const lineId = open?._id ?? '';
    const input = { idempotencyKey: key(), lineId, category: 'foreign' as const, reason: '与基金无关' };
    given(await ignoreLine(fund.maker, input));
    expect(await ask(one._id)).toMatchObject({ code: 'DECIDED', message: expect.stringContaining('第 3 行') });
    given(await reopenLine(fund.maker, { idempotencyKey: key(), lineId }));

    const later = await post(accountId, [lines[1]!, { day: day(3), amountFen: 5, memo: '结息' }], amountFen);
    expect(await ask(one._id)).toMatchObject({ code: 'OVERLAPPED' });
    await takeBack(later);
    await takeBack(one);
    expect(await readRemittances(base(), { ids: [reference] })).toMatchObject([{ state: 'OPEN', receivedFen: 0 }]);
  });

  it('goes on where it stopped, and waits where a person decided in between', async () => {
    const accountId = await account();
    const lines = Array.from({ length: 9_000 }, (_, n) => ({
      day: day(1 + Math.floor(n / 900)),
      amountFen: 1 + n,
      memo: n === 8_999 ? '不知道' : '结息',
    }));
    const one = await post(accountId, lines);
    const { _id: importId } = one;
    given(await ask(importId));
    given(await takeStatementBack(fund.checker, { importId }));
    const stale = await preview(accountId, signedCsv([{ day: day(20), amountFen: 1 }], (9_000 * 9_001) / 2));
    expect(await postStatement(fund.maker, { idempotencyKey: key(), importId: stale._id })).toMatchObject({
      code: 'PREVIEW_STALE',
    });
    // As a kill leaves it: the second chunk is out, the others stand.
    const taking = (await findImport(base(), importId))!;
    const chunkId = chunkIdOf(importId, 2);
    await inTransaction(base(), (session) => takeChunkBack(base(), { one: taking, chunkId }, session));
    expect(await soundBooks()).toEqual([]);
    const open = await bankLineStore.collection(base()).findOne({ accountId, amountFen: 9_000 });
    const lineId = open?._id ?? '';
    const input = { idempotencyKey: key(), lineId, category: 'foreign' as const, reason: '与基金无关' };
    given(await ignoreLine(fund.maker, input));

    const job = bankJobs.find(({ name }) => name === 'bank-statements')!;
    await job.run(fund.heart.system, new AbortController().signal);
    expect(await findImport(base(), importId)).toMatchObject({
      state: 'TAKING_BACK',
      back: { waitsFor: expect.stringContaining('第 9001 行') },
    });
    given(await reopenLine(fund.maker, { idempotencyKey: key(), lineId }));
    // Two processes at once, as when a lease ran out.
    const runs = await Promise.allSettled([
      runTakeBack(fund.heart.system, importId),
      runTakeBack(fund.heart.system, importId),
    ]);
    expect(runs.some(({ status }) => status === 'fulfilled')).toBe(true);
    expect(await findImport(base(), importId)).toMatchObject({ state: 'TAKEN_BACK', back: { waitsFor: null } });
    expect(await bankTakenChunkStore.collection(base()).countDocuments({ importId })).toBe(3);
    expect(await books(accountId)).toMatchObject({ documents: [], lines: [], totals: [], spans: [] });
  });
});
