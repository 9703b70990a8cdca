import type { Row, Sheet, Workbook } from '../exports/index.js';
import type { PackContent } from './pack.types.js';
import { instantsOf } from './periods.rules.js';
import { billKindText, monthText, unitText } from './words.rules.js';

const money = (amountFen: number) => ({ amountFen });

/** The disclosure as a workbook, from the pack's JSON alone: every figure as a number that can be summed. */
export function packSheets(content: PackContent, hash: string): Workbook {
  const { fundName, period } = content;
  return {
    title: `${fundName} 信息公示 ${period.from} 至 ${period.until}`,
    // Of the content, not of the moment: the same pack gives the same bytes.
    createdAt: new Date(instantsOf(period).endMs - 1),
    sheets: [
      sheet('概况', ['项目', '内容'], overviewRows(content, hash), 48),
      sheet('按月', ['月份', '列入批次', '收到', '支出'], monthRows(content)),
      sheet('按产地', ['产地', '笔数', '配捐金额'], countyRows(content)),
      sheet('捐赠人', ['捐赠人', '汇款数', '金额'], donorRows(content), 30),
      sheet(
        '收到的款项',
        ['汇款编号', '批次', '捐赠人', '协议', '到账日', '票据登记日', '金额'],
        receivedRows(content),
      ),
      sheet('批次', ['批次', '月份', '复核日', '本期新批次', '笔数', '金额', '根', '内容校验值'], batchRows(content)),
      sheet(
        '项目',
        ['项目', '用途', '预算', '本期支出', '累计支出', '本期受益人次', '累计受益人次'],
        projectRows(content),
      ),
      sheet('支出', ['日期', '项目', '用途', '受益人次', '金额', '凭证 SHA-256'], spendRows(content)),
      sheet('未结清事项', ['事项', '编号或月份', '日期', '笔数', '金额'], openRows(content)),
      sheet('协议', ['协议', '捐赠人', '单位', '每单位金额', '上限', '开始', '结束'], agreementRows(content)),
    ],
  };
}

function sheet(name: string, titles: readonly string[], rows: readonly Row[], widthChars = 18): Sheet {
  return { name, columns: titles.map((title) => ({ title, widthChars })), rows, landscape: titles.length > 5 };
}

function overviewRows(content: PackContent, hash: string): Row[] {
  const { packId, fundName, period, corrects, prev, fund, yuan, heads } = content;
  return [
    ['编号', packId],
    ['基金', fundName],
    ['期间', `${period.from} 至 ${period.until}`],
    ...(corrects ? [['更正', corrects.packId] as const, ['更正原因', corrects.reason] as const] : []),
    ['期初余额', money(fund.openingFen)],
    ['本期收到', money(fund.receivedFen)],
    ['本期支出', money(fund.spentFen)],
    ['期末余额', money(fund.closingFen)],
    ['其中补记往期收到', money(fund.lateReceivedFen)],
    ['其中补记往期支出', money(fund.lateSpentFen)],
    ['列入批次的笔数', yuan.count],
    ['列入批次的金额', money(yuan.amountFen)],
    ['公示内容 SHA-256', hash],
    ['公示根', yuan.root],
    ...(heads.journal
      ? [
          ['日志块', heads.journal.block] as const,
          ['日志块校验值', heads.journal.hash] as const,
          ['日志块的根', heads.journal.root] as const,
        ]
      : []),
    ...(heads.ledger ? [['总账笔数', heads.ledger.seq] as const, ['总账校验值', heads.ledger.hash] as const] : []),
    ...(prev ? [['上一份公示', prev.packId] as const, ['上一份公示 SHA-256', prev.hash] as const] : []),
  ];
}

function monthRows({ months }: PackContent): Row[] {
  return months.map((row) => [
    monthText(row.month),
    money(row.batchedFen),
    money(row.receivedFen),
    money(row.spentFen),
  ]);
}

function countyRows({ counties }: PackContent): Row[] {
  return counties.map((row) => [row.name, row.lineCount, money(row.amountFen)]);
}

function donorRows({ donors }: PackContent): Row[] {
  return donors.map((row) => [row.donor, row.remittanceCount, money(row.receivedFen)]);
}

function receivedRows({ received }: PackContent): Row[] {
  return received.map((row) => [
    ...[row.remittanceId, row.batchId, row.donor, row.agreementNumber ?? '未公开', row.day, row.receiptDay ?? '待开'],
    money(row.amountFen),
  ]);
}

function batchRows({ batches }: PackContent): Row[] {
  return batches.map((row) => [
    ...[row.batchId, monthText(row.month), row.approvedDay, row.isNew ? '是' : '否'],
    ...[row.lineCount, money(row.amountFen), row.root, row.contentHash],
  ]);
}

function projectRows({ projects }: PackContent): Row[] {
  return projects.map((row) => [
    ...[row.name, row.purpose, money(row.budgetFen), money(row.spentFen), money(row.spentTotalFen)],
    ...[row.beneficiaryCount, row.beneficiaryTotal],
  ]);
}

function spendRows({ projects }: PackContent): Row[] {
  return projects.flatMap(({ name, spends }) =>
    spends.map((row): Row => [
      row.day,
      name,
      row.what,
      row.beneficiaryCount,
      money(row.amountFen),
      row.evidence.join('\n'),
    ]),
  );
}

function openRows({ open }: PackContent): Row[] {
  return [
    ...open.bankLines.map((row): Row => [
      '银行流水待说明',
      row.month,
      null,
      row.count,
      money(row.creditFen - row.debitFen),
    ]),
    ...open.unpaid.map((row): Row => ['待到账', row.remittanceId, row.approvedDay, 1, money(row.missingFen)]),
    ...open.withoutReceipt.map((row): Row => ['待开票据', row.remittanceId, row.receivedDay, 1, money(row.amountFen)]),
    ...open.bills.map((row): Row => [billKindText(row.kind), null, null, row.count, money(row.amountFen)]),
  ];
}

function agreementRows({ agreements }: PackContent): Row[] {
  return agreements.map((row) => [
    ...[row.number ?? '未公开', row.donor, unitText(row.unit), money(row.amountFenPerUnit), money(row.capFen)],
    ...[row.validFrom, row.validUntil],
  ]);
}
