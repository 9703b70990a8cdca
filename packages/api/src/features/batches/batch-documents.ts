import type { Readable } from 'node:stream';
import { denyUnless } from '../../kernel/authority.js';
import type { Context } from '../../kernel/context.js';
import { type Refusal, refuse } from '../../kernel/refusal.js';
import { shanghaiDay } from '../../kernel/shanghai.js';
import { type Cell, type PagesTable, pagesPdf, type Row, tableXlsx } from '../exports/index.js';
import { type BatchLine, readBatchLines } from './batch-lines.store.js';
import { totalFen } from './batches.rules.js';
import { type Batch, type BatchTotal, readBatch } from './batches.store.js';
import { readRemittances, type Remittance, REMITTANCE_STATES } from './remittances.store.js';

export interface BatchDocument {
  /** Without an ending. */
  readonly fileName: string;
  readonly body: Buffer | Readable;
}

/**
 * A batch on paper, or (XLSX) as the remittance order for the bank with all its lines. Made from what was frozen alone: a
 * closed batch gives the same bytes for ever (rule 8). Refusals: `BATCH_UNKNOWN`, also for one that is being built.
 */
export async function batchDocument(
  ctx: Context,
  asked: { batchId: string; kind: 'pdf' | 'xlsx' },
): Promise<BatchDocument | Refusal> {
  const denied = denyUnless(ctx, 'fund-maker', 'fund-checker', 'auditor');
  if (denied) return denied;
  const batch = await readBatch(ctx.base, asked.batchId);
  if (batch?.state !== 'DRAFT' && batch?.state !== 'APPROVED') {
    return refuse('BATCH_UNKNOWN', '没有这个批次，或者它还在制作，请刷新后再看。');
  }
  const remittances = await readRemittances(ctx.base, { batchId: batch._id, states: REMITTANCE_STATES });
  const fileName = `配捐批次 ${batch._id}${batch.state === 'DRAFT' ? '（待复核）' : ''}`;
  return asked.kind === 'pdf'
    ? { fileName, body: await batchPages(batch, remittances) }
    : { fileName, body: batchWorkbook(ctx, batch, remittances) };
}

const money = (amountFen: number): Cell => ({ amountFen });

function batchPages(batch: Batch, remittances: readonly Remittance[]): Promise<Buffer> {
  const isApproved = batch.state === 'APPROVED';
  return pagesPdf({
    title: `配捐批次 ${batch._id}`,
    subtitle: `${batch.month} · ${isApproved ? '已复核' : '待复核，不作汇款依据'}`,
    createdAt: batch.decidedAt ?? batch.madeAt,
    hash: batch.contentHash,
    sections: [
      {
        facts: [
          ['合计', money(batch.amountFen)],
          ...payToFacts(batch),
          ['明细行数', batch.lineCount],
          ['制作日期', shanghaiDay(batch.madeAt.getTime())],
          ['复核日期', batch.decidedAt ? shanghaiDay(batch.decidedAt.getTime()) : ''],
          ['明细的默克尔根', batch.root],
        ],
      },
      { heading: '汇款单', paragraphs: [REMITTING], table: { ...remittanceTable(remittances) } },
      { heading: '按协议', table: totalsTable('协议', batch.agreements) },
      { heading: '按区县', table: totalsTable('区县', batch.counties) },
      { heading: '按商品', table: totalsTable('商品', batch.products) },
    ],
  });
}

/** To which account; a batch that named none has none on its paper. */
function payToFacts({ payTo }: Batch): [string, string][] {
  return payTo
    ? [
        ['收款账户', payTo.name],
        ['开户行', payTo.bankName],
        ['收款账号', payTo.number],
      ]
    : [];
}

const REMITTING = '请配捐方汇款时在附言里写明汇款编号，银行流水凭它自动核对。';
const REMITTANCE_HEAD = ['汇款编号', '协议', '配捐方', '本批（元）', '上批结转（元）', '应汇（元）'];

function remittanceRow(one: Remittance): Row {
  const amounts = [one.linesFen, one.carriedInFen, one.amountFen].map(money);
  return [one._id, one.agreementNumber, one.sponsorName, ...amounts];
}

function remittanceTotals(remittances: readonly Remittance[]): Row {
  const sum = (of: (one: Remittance) => number): Cell => money(remittances.reduce((fen, one) => fen + of(one), 0));
  return ['合计', '', '', sum((one) => one.linesFen), sum((one) => one.carriedInFen), sum((one) => one.amountFen)];
}

function remittanceTable(remittances: readonly Remittance[]): PagesTable {
  return {
    columns: REMITTANCE_HEAD.map((title) => ({ title, width: title === '配捐方' ? '*' : 'auto' })),
    rows: remittances.map(remittanceRow),
    totals: remittanceTotals(remittances),
  };
}

function totalsTable(what: string, totals: readonly BatchTotal[]): PagesTable {
  const sum = (of: (total: BatchTotal) => number): number => totals.reduce((all, total) => all + of(total), 0);
  return {
    columns: [
      { title: what, width: '*' },
      ...['笔数', '配捐（元）', '冲减笔数', '冲减（元）', '合计（元）'].map((title) => ({
        title,
        width: 'auto' as const,
      })),
    ],
    rows: totals.map((one) => [
      ...[one.name, one.matchCount, money(one.matchedFen), one.adjustmentCount, money(one.adjustedFen)],
      money(totalFen(one)),
    ]),
    totals: [
      ...['合计', sum((one) => one.matchCount), money(sum((one) => one.matchedFen))],
      ...[sum((one) => one.adjustmentCount), money(sum((one) => one.adjustedFen)), money(sum(totalFen))],
    ],
  };
}

function batchWorkbook(ctx: Context, batch: Batch, remittances: readonly Remittance[]): Readable {
  const { agreements, counties, products } = batch;
  const names = [agreements, counties, products].map((all) => new Map(all.map((one) => [one.key, one.name])));
  const nameOf = (index: number, key: string): string => names[index]?.get(key) ?? key;
  return tableXlsx({
    title: `配捐批次 ${batch._id}`,
    createdAt: batch.decidedAt ?? batch.madeAt,
    sheets: [
      {
        name: '汇款单',
        columns: [...REMITTANCE_HEAD, ...payToFacts(batch).map(([title]) => title)].map((title) => ({
          title,
          widthChars: title === '配捐方' ? 32 : title === '收款账号' ? 28 : 18,
        })),
        rows: remittances.map((one) => [...remittanceRow(one), ...payToFacts(batch).map(([, value]) => value)]),
        totals: remittanceTotals(remittances),
        landscape: true,
      },
      {
        name: '明细',
        columns: LINE_HEAD.map((title) => ({ title, widthChars: title === '商品' ? 32 : 20 })),
        rows: lineRows(ctx, batch, nameOf),
        totals: ['合计', '', '', '', '', '', '', money(batch.amountFen)],
        landscape: true,
      },
    ],
  });
}

const LINE_HEAD = [
  '行号',
  '类型',
  '汇款编号',
  '协议',
  '区县',
  '商品',
  '销售日期',
  '金额（元）',
  '冲减的行',
  '流水校验值',
];
const LINES_AT_ONCE = 1_000;

async function* lineRows(
  { base }: Context,
  batch: Batch,
  nameOf: (index: number, key: string) => string,
): AsyncGenerator<Row> {
  for (let afterSeq = 0; afterSeq < batch.lineCount;) {
    const lines = await readBatchLines(base, { batchId: batch._id, afterSeq, limit: LINES_AT_ONCE });
    if (lines.length === 0) throw new Error(`batch ${batch._id} lacks lines after ${afterSeq}`);
    for (const line of lines) yield lineRow(line, nameOf);
    afterSeq = lines.at(-1)?.seq ?? batch.lineCount;
  }
}

function lineRow(line: BatchLine, nameOf: (index: number, key: string) => string): Row {
  return [
    ...[line._id, line.kind === 'match' ? '配捐' : '冲减', line.remittanceId, nameOf(0, line.agreementId)],
    ...[nameOf(1, line.countyCode), nameOf(2, line.productId ?? ''), shanghaiDay(line.at.getTime())],
    ...[money(line.amountFen), line.correctsId, line.entryHash],
  ];
}
