import {
  addSums,
  arrival,
  type BankLine,
  noStates,
  type Base,
  bankDayTotalsStore,
  bankLineStore,
  keysOf,
} from '@aixin/api/internals';

/** Lines that are made here; of more, each stands several times. */
export const MOST_DISTINCT = 20_000;
const OLDEST_NAME = '重庆市城口县第一商行';
const DAYS = 28;
export const ACCOUNT = 'account';

const FAMILIES = '王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾萧田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈';
const GIVEN = '伟芳娜秀英敏静丽强磊军洋勇艳杰娟涛明超兰霞平刚桂文辉玲华红志建国光天永庆';
const MEMOS = ['一点心意', '爱心捐款', '支持家乡', '转账', '助农', '消费帮扶', '往来款', '活动经费'];

/** The nth line of a busy account that nobody can explain: gifts of persons, a village's own payments, firms. */
export function lineOf(n: number, count: number): BankLine {
  const day = `2026-11-${String(1 + Math.floor((n * DAYS) / count)).padStart(2, '0')}`;
  const amountFen = n % 17 === 0 ? -(500 + (n % 900)) : 100 + ((n * 7_919) % 99_900);
  return {
    ...{ _id: `${ACCOUNT}|${day}|${String(n).padStart(16, 'p')}|1`, accountId: ACCOUNT, importId: 'import' },
    ...{ lineNo: n + 2, day, amountFen, balanceFen: null, counterparty: nameOf(n), counterpartyAccount: '' },
    ...{ memo: MEMOS[n % MEMOS.length] ?? '', bankSerial: `SN${n}`, state: 'OPEN', suggestion: null },
    ...{ reason: { code: amountFen < 0 ? 'MONEY_OUT' : 'STRANGER' }, references: [], allocations: [], ignored: null },
  };
}

/** The nth payer; the second line's is the only one of its name. */
function nameOf(n: number): string {
  if (n === 1) return OLDEST_NAME;
  if (n % 50 === 0) return `重庆市${FAMILIES[n % 47] ?? ''}${GIVEN[n % 31] ?? ''}农产品有限公司`;
  return `${FAMILIES[n % FAMILIES.length] ?? ''}${GIVEN[(n * 7) % GIVEN.length] ?? ''}${GIVEN[(n * 13) % GIVEN.length] ?? ''}`;
}

/**
 * So many open lines and the sums of their days. The database itself multiplies some thousands of them, and the indexes are
 * built once all stand: a seed is not what is measured. The oldest, `lineOf(1)`, stands once.
 */
export async function seedOpenLines(base: Base, count: number): Promise<void> {
  const distinct = Math.min(count, MOST_DISTINCT);
  const copies = Math.ceil(count / distinct);
  const lines = Array.from({ length: distinct }, (_, n) => lineOf(n, distinct));
  const others = lines.filter(({ counterparty }) => counterparty !== OLDEST_NAME);
  const seeds = base.db.collection('benchLines');
  await seeds.drop();
  await seeds.insertMany(others.map((line) => ({ ...line, keys: keysOf(line) })) as never, { ordered: false });
  const nth = { $toString: { $add: ['$copy', 1] } };
  await seeds
    .aggregate([
      { $set: { copy: { $range: [0, copies] } } },
      { $unwind: '$copy' },
      {
        $set: { _id: { $concat: [{ $substrBytes: ['$_id', 0, { $subtract: [{ $strLenBytes: '$_id' }, 1] }] }, nth] } },
      },
      { $unset: 'copy' },
      { $out: bankLineStore.name },
    ])
    .toArray();
  const oldest = lineOf(1, distinct);
  await bankLineStore.collection(base).insertOne({ ...oldest, keys: keysOf(oldest) });
  await bankLineStore.model(base).createIndexes();
  await seedTotals(base, [...others.flatMap((line) => new Array<BankLine>(copies).fill(line)), oldest]);
}

async function seedTotals(base: Base, lines: readonly BankLine[]): Promise<void> {
  const days = new Map<string, ReturnType<typeof noStates>>();
  for (const line of lines) {
    const sums = days.get(line.day) ?? noStates();
    sums.OPEN = addSums(sums.OPEN, arrival(line).sums);
    days.set(line.day, sums);
  }
  const totals = bankDayTotalsStore.collection(base);
  await totals.deleteMany({});
  await totals.insertMany(
    [...days].map(([day, sums]) => ({ _id: `${ACCOUNT}|${day}`, accountId: ACCOUNT, day, ...sums })),
  );
}

/** What all of them add up to, fen. */
export function netFenOf(count: number): number {
  const distinct = Math.min(count, MOST_DISTINCT);
  let netFen = 0;
  for (let n = 0; n < distinct; n += 1)
    netFen += lineOf(n, distinct).amountFen * (n === 1 ? 1 : Math.ceil(count / distinct));
  return netFen;
}
