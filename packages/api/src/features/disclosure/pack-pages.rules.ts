import type { PagesDocument, PagesSection } from '../exports/index.js';
import type { PackContent, ProjectRow } from './pack.types.js';
import { instantsOf } from './periods.rules.js';
import { billKindText, lateText, monthText, unitText, yuanText } from './words.rules.js';

const money = (amountFen: number) => ({ amountFen });

/** The printed disclosure, from the pack's JSON alone: whoever has the JSON can print it again. */
export function packPages(content: PackContent, hash: string): PagesDocument {
  const { fundName, period, corrects } = content;
  return {
    title: `${fundName} 信息公示`,
    subtitle: `${period.from} 至 ${period.until}，编号 ${content.packId}`,
    // The last moment of the period, and not that of the printing: the same pack prints the same bytes.
    createdAt: new Date(instantsOf(period).endMs - 1),
    hash,
    sections: [
      ...(corrects === null
        ? []
        : [
            {
              heading: '更正说明',
              paragraphs: [`本公示更正 ${corrects.packId}。原因：${corrects.reason}`, '原公示保留，不作改动。'],
            },
          ]),
      ...moneySections(content),
      ...receivedSections(content),
      ...useSections(content),
      ...openSections(content),
      agreementsSection(content),
      proofSection(content, hash),
    ],
  };
}

function moneySections({ fund, yuan, months, counties }: PackContent): PagesSection[] {
  const late = lateText(fund);
  return [
    {
      heading: '基金收支（元）',
      facts: [
        ['期初余额', money(fund.openingFen)],
        ['本期收到', money(fund.receivedFen)],
        ['本期支出', money(fund.spentFen)],
        ['期末余额', money(fund.closingFen)],
        ['列入批次的配捐', `${yuan.count} 笔`],
      ],
      paragraphs: late === null ? [] : [late],
    },
    {
      heading: '按月',
      table: {
        columns: [
          { title: '月份' },
          { title: '列入批次', width: 110 },
          { title: '收到', width: 110 },
          { title: '支出', width: 110 },
        ],
        rows: months.map((row) => [
          monthText(row.month),
          money(row.batchedFen),
          money(row.receivedFen),
          money(row.spentFen),
        ]),
      },
    },
    ...(counties.length === 0
      ? []
      : [
          {
            heading: '按产地',
            table: {
              columns: [{ title: '产地' }, { title: '笔数', width: 90 }, { title: '配捐金额', width: 120 }],
              rows: counties.map((row) => [row.name, row.lineCount, money(row.amountFen)]),
            },
          },
        ]),
  ];
}

function receivedSections({ donors, received, batches, fund }: PackContent): PagesSection[] {
  return [
    {
      heading: '捐赠人',
      ...(donors.length === 0
        ? { paragraphs: ['本期没有收到捐赠。'] }
        : {
            table: {
              columns: [{ title: '捐赠人' }, { title: '汇款数', width: 70 }, { title: '金额', width: 110 }],
              rows: donors.map((row) => [row.donor, row.remittanceCount, money(row.receivedFen)]),
              totals: ['合计', received.length, money(fund.receivedFen)],
            },
          }),
    },
    ...(received.length === 0
      ? []
      : [
          {
            heading: '收到的款项',
            table: {
              columns: [
                { title: '汇款编号', width: 80 },
                { title: '到账日', width: 60 },
                { title: '捐赠人' },
                { title: '票据登记日', width: 70 },
                { title: '金额', width: 80 },
              ],
              rows: received.map((row) => [
                row.remittanceId,
                row.day,
                row.donor,
                row.receiptDay ?? '待开',
                money(row.amountFen),
              ]),
            },
          },
        ]),
    ...(batches.length === 0
      ? []
      : [
          {
            heading: '批次',
            table: {
              columns: [
                { title: '批次', width: 60 },
                { title: '月份', width: 70 },
                { title: '复核日', width: 70 },
                { title: '说明' },
                { title: '笔数', width: 60 },
                { title: '金额', width: 90 },
              ],
              rows: batches.map((row) => [
                ...[
                  row.batchId,
                  monthText(row.month),
                  row.approvedDay,
                  row.isNew ? '本期新批次' : '往期批次，本期到款或开票',
                ],
                ...[row.lineCount, money(row.amountFen)],
              ]),
            },
          },
        ]),
  ];
}

function useSections({ projects }: PackContent): PagesSection[] {
  if (projects.length === 0) return [{ heading: '善款使用', paragraphs: ['本期没有项目支出。'] }];
  return [
    {
      heading: '善款使用',
      table: {
        columns: [
          { title: '项目' },
          { title: '预算', width: 80 },
          { title: '本期支出', width: 80 },
          { title: '累计支出', width: 80 },
          { title: '受益人次', width: 60 },
        ],
        rows: projects.map((row) => [
          row.name,
          money(row.budgetFen),
          money(row.spentFen),
          money(row.spentTotalFen),
          row.beneficiaryCount,
        ]),
      },
    },
    ...projects.filter((project) => project.spends.length > 0).map(projectSection),
  ];
}

function projectSection(project: ProjectRow): PagesSection {
  return {
    heading: `项目：${project.name}`,
    paragraphs: [project.purpose],
    table: {
      columns: [
        { title: '日期', width: 60 },
        { title: '用途' },
        { title: '受益人次', width: 55 },
        { title: '凭证', width: 40 },
        { title: '金额', width: 80 },
      ],
      rows: project.spends.map((row) => [
        row.day,
        row.what,
        row.beneficiaryCount,
        `${row.evidence.length} 份`,
        money(row.amountFen),
      ]),
      totals: ['合计', '', project.beneficiaryCount, '', money(project.spentFen)],
    },
  };
}

function openSections({ open }: PackContent): PagesSection[] {
  const rows = [
    ...open.bankLines.map((row) => [
      `${monthText(row.month)}银行流水待说明`,
      `${row.count} 笔，进 ${yuanText(row.creditFen)}，出 ${yuanText(row.debitFen)}`,
      money(row.creditFen - row.debitFen),
    ]),
    ...open.unpaid.map((row) => [`${row.remittanceId} 待到账`, `${row.approvedDay} 复核的批次`, money(row.missingFen)]),
    ...open.withoutReceipt.map((row) => [
      `${row.remittanceId} 待开票据`,
      `${row.receivedDay} 到账`,
      money(row.amountFen),
    ]),
    ...open.bills.map((row) => [billKindText(row.kind), `${row.count} 笔`, money(row.amountFen)]),
  ];
  if (rows.length === 0) return [{ heading: '未结清事项', paragraphs: ['没有未结清的事项。'] }];
  const columns = [{ title: '事项', width: 170 }, { title: '说明' }, { title: '金额', width: 90 }];
  return [{ heading: '未结清事项', table: { columns, rows } }];
}

function agreementsSection({ agreements }: PackContent): PagesSection {
  return {
    heading: '本期有效的捐赠协议',
    ...(agreements.length === 0
      ? { paragraphs: ['本期没有有效的捐赠协议。'] }
      : {
          table: {
            columns: [
              { title: '协议', width: 80 },
              { title: '捐赠人' },
              { title: '约定', width: 110 },
              { title: '期限', width: 125 },
              { title: '上限', width: 80 },
            ],
            rows: agreements.map((row) => [
              ...[row.number ?? '未公开', row.donor, `${unitText(row.unit)} ${yuanText(row.amountFenPerUnit)}`],
              ...[`${row.validFrom} 至 ${row.validUntil}`, money(row.capFen)],
            ]),
          },
        }),
  };
}

function proofSection({ yuan, batches, heads, prev, projects }: PackContent, hash: string): PagesSection {
  const evidence = projects.flatMap((project) =>
    project.spends.flatMap((spend) => spend.evidence.map((one) => [spend.day, one])),
  );
  return {
    heading: '校验',
    paragraphs: [
      '每一笔配捐都在下面的公示根之内。会员可以在“爱心记录”里取得自己那一笔的证明文件，并在校验页上核对，不需要连接数据库。',
    ],
    table: {
      columns: [{ title: '内容', width: 130 }, { title: '值' }],
      rows: [
        ['公示内容 SHA-256', hash],
        ['公示根', yuan.root],
        ...batches.map((row) => [`批次 ${row.batchId} 的根`, row.root]),
        ...(heads.journal ? [[`日志第 ${heads.journal.block} 块`, heads.journal.hash]] : []),
        ...(heads.ledger ? [[`总账第 ${heads.ledger.seq} 笔`, heads.ledger.hash]] : []),
        ...(prev ? [[`上一份公示 ${prev.packId}`, prev.hash]] : []),
        ...evidence.map(([day = '', one = '']) => [`${day} 支出凭证`, one]),
      ],
    },
  };
}
