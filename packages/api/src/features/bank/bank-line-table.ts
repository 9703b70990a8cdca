import type { Readable } from 'node:stream';
import { denyUnless } from '../../kernel/authority.js';
import type { Context } from '../../kernel/context.js';
import type { Refusal } from '../../kernel/refusal.js';
import { type Row, tableCsv, tableXlsx } from '../exports/index.js';
import type { BankLine, LineState } from './bank.store.js';
import { shownAccount, shownCounterparty } from './counterparty-name.rules.js';
import { shownMemo } from './shown-memo.rules.js';
import { readAccountTitles, readDeskLines } from './desk.reads.js';
import type { LineFilter, LinePosition } from './desk.store.js';
import { restFen, standingAllocations } from './line-money.rules.js';
import { reasonText } from './reasons.rules.js';

const LINES_AT_ONCE = 1_000;
/** What one sheet of a workbook holds; a larger table is cut there and says so by its length. */
const MOST_LINES = 1_048_000;

const HEAD = [
  ...['账户', '日期', '对方', '对方账号', '附言', '金额（元）'],
  ...['未核对（元）', '余额（元）', '状态', '依据', '核对到'],
];
const STATE_TEXTS: Readonly<Record<LineState, string>> = {
  MATCHED: '已核对',
  SUGGESTED: '建议',
  OPEN: '待处理',
  IGNORED: '已忽略',
};

/** The lines of a filter as a table, streamed; persons by their family name only. Refusals: `NOT_ALLOWED`. */
export function bankLineTable(ctx: Context, asked: { filter: LineFilter; kind: 'csv' | 'xlsx' }): Readable | Refusal {
  const denied = denyUnless(ctx, 'fund-maker', 'fund-checker', 'auditor');
  if (denied) return denied;
  const rows = lineRows(ctx, asked.filter);
  if (asked.kind === 'csv') return tableCsv(headed(rows));
  return tableXlsx({
    title: '银行流水',
    createdAt: new Date(ctx.base.clock()),
    sheets: [{ name: '银行流水', columns: HEAD.map((title) => ({ title, widthChars: 20 })), rows, landscape: true }],
  });
}

async function* headed(rows: AsyncGenerator<Row>): AsyncGenerator<Row> {
  yield HEAD;
  yield* rows;
}

async function* lineRows({ base }: Context, filter: LineFilter): AsyncGenerator<Row> {
  let after: LinePosition | null = null;
  const titles = await readAccountTitles(base);
  for (let written = 0; written < MOST_LINES;) {
    const found: BankLine[] = await readDeskLines(base, { filter, first: LINES_AT_ONCE, after });
    const page = found.slice(0, LINES_AT_ONCE);
    for (const line of page) yield lineRow(line, titles.get(line.accountId) ?? '');
    const last = page.at(-1);
    if (!last || found.length <= LINES_AT_ONCE) return;
    written += page.length;
    after = { day: last.day, lineNo: last.lineNo, lineId: last._id };
  }
}

function lineRow(line: BankLine, account: string): Row {
  const targets = standingAllocations(line).map(({ remittanceId, spendId }) => remittanceId ?? spendId ?? '');
  return [
    ...[account, line.day, shownCounterparty(line.counterparty)],
    ...[shownAccount(line.counterpartyAccount), shownMemo(line.memo)],
    ...[{ amountFen: line.amountFen }, { amountFen: restFen(line) }],
    line.balanceFen === null ? null : { amountFen: line.balanceFen },
    ...[STATE_TEXTS[line.state], line.reason ? reasonText(line.reason, line.suggestion, line._id) : ''],
    targets.join(' '),
  ];
}
