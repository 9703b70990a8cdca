import type { ProfileBody, TableProfile } from './profiles.rules.js';

/** Profiles for invented banks whose statements look like those of real ones: a place to begin. */
export interface ReadyProfile {
  readonly _id: string;
  readonly name: string;
  readonly body: ProfileBody;
}

const noFacts = { skipRows: [], summaryRows: [], requiresSummary: false, facts: [] };

/** 巴渝商业银行: GB18030, preamble, two columns of amounts, a row of totals that a whole file must have. */
const twoColumns: TableProfile = {
  format: 'csv',
  encoding: 'gb18030',
  delimiter: ',',
  day: { name: '交易日期' },
  amount: { kind: 'pair', debit: { name: '借方发生额' }, credit: { name: '贷方发生额' } },
  balance: { name: '账户余额' },
  counterparty: { name: '对方户名' },
  counterpartyAccount: { name: '对方账号' },
  memo: [{ name: '摘要' }, { name: '附言' }],
  bankSerial: { name: '交易流水号' },
  skipRows: ['注：', '打印'],
  summaryRows: ['合计'],
  requiresSummary: true,
  facts: [
    { label: '账号', is: 'accountNumber' },
    { label: '期初余额', is: 'openingFen' },
    { label: '期末余额', is: 'closingFen' },
    { label: '借方笔数', is: 'debitCount' },
    { label: '贷方笔数', is: 'creditCount' },
  ],
};

/** 两江银行: UTF-8, header in the first row, one signed column. */
const signed: TableProfile = {
  format: 'csv',
  encoding: 'utf-8',
  delimiter: ',',
  day: { name: '记账日期' },
  amount: { kind: 'signed', amount: { name: '交易金额' } },
  balance: { name: '余额' },
  counterparty: { name: '对方名称' },
  counterpartyAccount: { name: '对方账户' },
  memo: [{ name: '用途' }],
  bankSerial: { name: '流水号' },
  ...noFacts,
};

/** 山城农村银行: a sheet, one amount with 借 or 贷 beside it. */
const flag: TableProfile = {
  format: 'xlsx',
  day: { name: '交易时间' },
  amount: {
    kind: 'flag',
    amount: { name: '发生额' },
    flag: { name: '借贷标志' },
    creditWords: ['贷', 'C', '收', '收入'],
    debitWords: ['借', 'D', '支', '支出'],
  },
  balance: { name: '余额' },
  counterparty: { name: '对方户名' },
  counterpartyAccount: { name: '对方账号' },
  memo: [{ name: '摘要' }, { name: '备注' }],
  bankSerial: { name: '凭证号' },
  ...noFacts,
  summaryRows: ['合计', '总计', '本页'],
};

export const READY_PROFILES: readonly ReadyProfile[] = [
  { _id: 'two-columns', name: '巴渝商业银行：借贷两列（CSV，GB18030）', body: twoColumns },
  { _id: 'signed', name: '两江银行：正负一列（CSV，UTF-8）', body: signed },
  { _id: 'flag', name: '山城农村银行：金额加借贷标志（XLSX）', body: flag },
  { _id: 'camt053', name: '国际标准 camt.053（XML）', body: { format: 'camt053' } },
];
