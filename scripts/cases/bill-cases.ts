import { type BillLine, changeOf, compareFlows, comparePayment, readBill, rowOf } from '@aixin/api/internals';
import { type Answer, type Case, type CaseFolder, pieces } from './case.js';

interface Bill {
  readonly lines: readonly BillLine[];
  readonly refused: { readonly code: string; readonly message: string } | null;
}

async function read({ bytes }: CaseFolder, file: string): Promise<Bill> {
  const lines: BillLine[] = [];
  const bill = readBill(pieces(bytes(file)));
  for (let next = await bill.next(); ; next = await bill.next()) {
    if (next.done === true) return { lines, refused: 'refused' in next.value ? next.value : null };
    lines.push(...next.value);
  }
}

function told({ lines, refused }: Bill): string {
  if (refused) return `${refused.code} ${refused.message}`;
  return lines.map((one) => [one.kind, one.number, one.providerState, one.amountFen, one.feeFen].join(' ')).join('; ');
}

/** A case of one bill. */
function bill(file: string, right: string, holds: (given: Bill) => boolean): Case {
  return {
    files: [file],
    right,
    judge: async (folder): Promise<Answer> => {
      const given = await read(folder, file);
      return { given: told(given), holds: holds(given) };
    },
  };
}

/** A case of two bills, one after the other. */
function bills(files: readonly [string, string], right: string, judge: (first: Bill, second: Bill) => Answer): Case {
  const [first, second] = files;
  return { files, right, judge: async (folder) => judge(await read(folder, first), await read(folder, second)) };
}

const fens = ({ lines }: Bill): string => lines.map((one) => one.amountFen).join();

const sameRow = (one: Bill, other: Bill): Answer => {
  const [before, after] = [one.lines[0], other.lines[0]];
  if (!before || !after) return { given: `${told(one)} / ${told(other)}`, holds: false };
  const change = changeOf(rowOf(before), rowOf(after));
  return { given: `${told(one)} → ${told(other)}: ${change}`, holds: change === 'LATER' };
};

const PROCESSING = 'W5-refund-processing.csv';
const RATE_BASIS_POINTS = 60;

export const billCases: readonly Case[] = [
  bill('W1-fund-bill-day.csv', '四笔都读出，流水号相同也不算重复', (given) => fens(given) === '6800,-41,-1000,-500'),
  bill('W1-fund-bill-day-1.csv', '付款一笔 68.00', (given) => fens(given) === '6800'),
  bills(
    ['W1-fund-bill-day-2.csv', 'W1-fund-bill-day-1.csv'],
    '次日的退款与前一日的付款流水号相同，仍是两笔',
    (refund, payment) => {
      const ids = [...refund.lines, ...payment.lines].map((line) => rowOf(line)._id);
      return { given: told(refund), holds: fens(refund) === '-6800' && new Set(ids).size === 2 };
    },
  ),
  bill('W4-early-layout.csv', '说明是早期格式、怎样换新版', ({ refused }) =>
    /早期格式.*新版/.test(refused?.message ?? ''),
  ),
  bills(
    ['W5-voucher-trade.csv', 'W5-voucher-fund.csv'],
    '手续费和资金都按应结订单金额，付款按订单金额，没有差异',
    (trade, fund) => {
      const rows = trade.lines.map(rowOf).flatMap((row) => (row.kind === 'FLOW' ? [] : [{ ...row, kind: row.kind }]));
      const money = comparePayment({
        own: rows.map((row) => ({
          ...{ id: row.paymentId, kind: 'TRADE', paymentId: row.paymentId, orderId: 'order' },
          ...{ transactionId: row.transactionId, day: row.day, amountFen: 10_000 },
        })),
        rows,
        rateBasisPoints: RATE_BASIS_POINTS,
      });
      const flows = compareFlows({ row: rows[0] ?? null, flows: fund.lines.map(rowOf) });
      const differences = [...money.differences, ...flows.differences];
      const given = differences.map((one) => `${one.part} ${one.ourFen} ${one.theirFen}`).join('; ') || '没有差异';
      return { given, holds: rows.length === 1 && fund.lines.length === 1 && differences.length === 0 };
    },
  ),
  bill('W5-voucher-fund.csv', '到账 89.46', (given) => fens(given) === '8946'),
  bill(PROCESSING, '退款处理中，−20.00', (given) => fens(given) === '-2000'),
  bills(['W5-refund-fail.csv', PROCESSING], '后来的账单说退款失败：采用，金额归零', (after, before) =>
    sameRow(before, after),
  ),
  bills(['W5-refund-change.csv', PROCESSING], '退款未到买家：采用，金额仍是 −20.00', (after, before) => {
    const answer = sameRow(before, after);
    return { ...answer, holds: answer.holds && fens(after) === '-2000' };
  }),
];
