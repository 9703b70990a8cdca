/** Statements as banks and wallets of the country lay them out, each of the same lines, for tests of reading and guessing. */
export interface TrueLine {
  readonly day: string;
  readonly amountFen: number;
  readonly balanceFen: number;
  readonly name: string;
  readonly account: string;
  readonly memo: string;
}

export interface Layout {
  readonly name: string;
  readonly before?: readonly string[];
  readonly header: string;
  readonly row: (line: TrueLine, nth: number) => string;
  readonly after?: (lines: readonly TrueLine[]) => readonly string[];
  readonly hasBalance?: false;
}

export const OWN_NUMBER = '3100021009200012345';
const OWN_NAME = '一元捐公益基金会';
const AMOUNTS = [1_234_500, -5_000, 10_000, 88_800, -123_456, 1];

export const TRUE_LINES: readonly TrueLine[] = AMOUNTS.map((amountFen, at) => ({
  day: `2026-07-0${Math.floor(at / 2) + 1}`,
  amountFen,
  balanceFen: AMOUNTS.slice(0, at + 1).reduce((sum, one) => sum + one, 1_000_000),
  name: ['重庆甲公司', '山城银行', '乙合作社', '丙公司', '丁农场', '结息户'][at] ?? '',
  account: `62220200000012${at}4`,
  memo: `AX202607-0${at + 1}`,
}));

export const yuan = (fen: number): string => {
  const digits = String(Math.abs(fen)).padStart(3, '0');
  return `${fen < 0 ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
};
const grouped = (fen: number): string => `"${yuan(fen).replace(/\B(?=(\d{3})+\.)/g, ',')}"`;
const up = (fen: number): string => (fen > 0 ? yuan(fen) : '');
const down = (fen: number): string => (fen < 0 ? yuan(-fen) : '');
const sum = (lines: readonly TrueLine[], of: (fen: number) => string): string =>
  yuan(lines.reduce((total, { amountFen }) => total + (of(amountFen) === '' ? 0 : Math.abs(amountFen)), 0));
const compact = (day: string): string => day.replaceAll('-', '');
const slashed = (day: string): string => day.replaceAll('-', '/');
const way =
  (credit: string, debit: string) =>
  ({ amountFen }: TrueLine): string =>
    amountFen > 0 ? credit : debit;
const drCr = way('贷', '借');

export const LAYOUTS: readonly Layout[] = [
  {
    name: '工商银行：回单个性化信息',
    before: [`[HISTORYDETAIL]`, `账号：${OWN_NUMBER},户名：${OWN_NAME}`],
    header:
      '凭证号,本方账号,对方账号,交易时间,借/贷,借方发生额,贷方发生额,对方行号,摘要,用途,对方单位名称,余额,个性化信息,回单个性化信息',
    row: (l, n) =>
      `${n},${OWN_NUMBER},${l.account},${l.day} 09:00:00,${drCr(l)},${l.amountFen < 0 ? yuan(-l.amountFen) : '0.00'},${l.amountFen > 0 ? yuan(l.amountFen) : '0.00'},102,转账,${l.memo},${l.name},${yuan(l.balanceFen)},,`,
  },
  {
    name: '工商银行：个人',
    before: ['明细查询', '卡号: 3100****2345'],
    header:
      '交易日期,摘要,交易场所,钞汇,交易金额(收入),交易金额(支出),交易币种,记账金额(收入),记账金额(支出),记账币种,余额,对方户名',
    row: (l) =>
      `${l.day} ,"${l.memo}  ","网银  ",钞,"-  ","-  ",人民币,"${up(l.amountFen)}  ","${down(l.amountFen)}  ",人民币,"${yuan(l.balanceFen)}  ",${l.name}`,
    after: (all) => [` ,人民币合计,,,,,,"${sum(all, up)}  ","${sum(all, down)}  ",,,`],
  },
  {
    name: '中信银行',
    before: ['中信银行账户明细', `查询账号：,${OWN_NUMBER},币种：,人民币`],
    header: '交易日期,交易时间,借方发生额,贷方发生额,账户余额,对方账号,对方账户名称,对方开户行,摘要,柜员交易号',
    row: (l, n) =>
      `${l.day},09:00:0${n},${down(l.amountFen)},${up(l.amountFen)},${yuan(l.balanceFen)},${l.account},${l.name},某行,${l.memo},T${n}`,
    after: (all) => [`合计,,${sum(all, down)},${sum(all, up)},,,,,,`],
  },
  {
    name: '上海银行',
    header: '序号,账号,币种,交易日期,交易时间,收支标志,交易金额,账户余额,对方账号,对方户名,对方行名,摘要,附言',
    row: (l, n) =>
      `${n},${OWN_NUMBER},人民币,${compact(l.day)},090000,${way('收入', '支出')(l)},${yuan(Math.abs(l.amountFen))},${yuan(l.balanceFen)},${l.account},${l.name},某行,转账,${l.memo}`,
  },
  {
    name: '北京银行',
    header: '序号,交易日期,发生额(元),借贷方向,余额(元),对方户名,对方账号,交易摘要,流水号',
    row: (l, n) =>
      `${n},${l.day},${yuan(Math.abs(l.amountFen))},${way('贷方', '借方')(l)},${yuan(l.balanceFen)},${l.name},${l.account},${l.memo},B${n}`,
  },
  {
    name: '平安银行',
    header: '交易日期,账号,借,贷,账户余额,对方账户,对方账户名称,对方银行,交易流水号,摘要,用途',
    row: (l, n) =>
      `${compact(l.day)},${OWN_NUMBER},${down(l.amountFen)},${up(l.amountFen)},${yuan(l.balanceFen)},${l.account},${l.name},某行,P${n},转账,${l.memo}`,
  },
  {
    name: '浙商银行',
    header: '交易时间,来往账标志,交易金额,账户余额,对方户名,对方账号,附言,交易流水',
    row: (l, n) =>
      `${slashed(l.day)} 09:00,${way('来账', '往账')(l)},${yuan(Math.abs(l.amountFen))},${yuan(l.balanceFen)},${l.name},${l.account},${l.memo},Z${n}`,
  },
  {
    name: '建设银行',
    before: [`账  号:,${OWN_NUMBER}`, '起始日期:,20260701,截止日期:,20260731'],
    header:
      '账号,账户名称,交易时间,借方发生额（支取）,贷方发生额（收入）,余额,币种,对方户名,对方账号,对方开户机构,记账日期,摘要,备注,账户明细编号-交易流水号,企业流水号,凭证种类,凭证号',
    row: (l, n) =>
      `${OWN_NUMBER},${OWN_NAME},${compact(l.day)} 09:00:00,${l.amountFen < 0 ? grouped(-l.amountFen) : '0.00'},${l.amountFen > 0 ? grouped(l.amountFen) : '0.00'},${grouped(l.balanceFen)},人民币元,${l.name},${l.account},某机构,${compact(l.day)},转账,${l.memo},1-${n},,,`,
  },
  {
    name: '农业银行：标签在值的上方',
    before: [
      '账户明细',
      `账号:31-00021009200012345,户名:${OWN_NAME},币种:人民币,,,,起止日期: 2026年07月01日 - 2026年07月31日`,
    ],
    header: '交易时间,收入金额,支出金额,账户余额,对方账号,对方户名,对方开户行,交易用途,摘要',
    row: (l) =>
      `${l.day} 15:00:43,${up(l.amountFen)},${down(l.amountFen)},${yuan(l.balanceFen)},${l.account},${l.name},某行,${l.memo},转账`,
    after: (all) => ['总收入笔数,总收入金额,总支出笔数,总支出金额,,,,,', `4,${sum(all, up)},2,${sum(all, down)},,,,,`],
  },
  {
    name: '中国银行：付款人与收款人',
    before: [`查询账号[ Inquirer account number ],${OWN_NUMBER}`],
    header:
      "交易类型[ Transaction Type ],付款人开户行名[ Payer account bank ],付款人账号[ Debit Account No. ],付款人名称[ Payer's Name ],收款人开户行名[ Beneficiary account bank ],收款人账号[ Payee's Account Number ],收款人名称[ Payee's Name ],交易日期[ Transaction Date ],交易货币[ Trade Currency ],交易金额[ Trade Amount ],交易后余额[ After-transaction balance ],交易流水号[ Transaction reference number ],摘要[ Reference ],用途[ Purpose ]",
    row: (l, n) => {
      const [from, to] = [`某行,${l.account},${l.name}`, `本行,${OWN_NUMBER},${OWN_NAME}`];
      return `${way('来账', '往账')(l)},${l.amountFen > 0 ? `${from},${to}` : `${to},${from}`},${compact(l.day)},CNY,${yuan(l.amountFen)},${yuan(l.balanceFen)},C${n},转账,${l.memo}`;
    },
  },
  {
    name: '招商银行',
    header: '交易日,交易时间,起息日,交易类型,借方金额,贷方金额,余额,摘要,流水号,业务名称,收(付)方名称,收(付)方账号',
    row: (l, n) =>
      `${compact(l.day)},090000,${compact(l.day)},转账,${down(l.amountFen)},${up(l.amountFen)},${yuan(l.balanceFen)},${l.memo},M${n},汇款,${l.name},${l.account}`,
  },
  {
    name: '邮储银行',
    header: '交易日期,交易渠道,摘要,收支方向,交易金额,余额,对方户名,对方账号,备注',
    row: (l) =>
      `${l.day},网银,转账,${way('收', '支')(l)},${grouped(Math.abs(l.amountFen))},${grouped(l.balanceFen)},${l.name},${l.account},${l.memo}`,
  },
  {
    name: '民生银行',
    header: '交易日期,主机交易流水号,借方发生额,贷方发生额,账户余额,凭证号,摘要,对方账号,对方账户名称,对方开户行',
    row: (l, n) =>
      `${slashed(l.day)},S${n},${l.amountFen < 0 ? yuan(-l.amountFen) : '0.00'},${l.amountFen > 0 ? yuan(l.amountFen) : '0.00'},${yuan(l.balanceFen)},,${l.memo},${l.account},${l.name},某行`,
  },
  {
    name: '光大银行',
    before: [`="账号",="${OWN_NUMBER}"`],
    header: '交易日期,交易时间,借方发生额,贷方发生额,账户余额,对方名称,对方账号,摘要',
    row: (l) =>
      `="${l.day}",="09:00:00",${down(l.amountFen)},${up(l.amountFen)},${yuan(l.balanceFen)},${l.name},="${l.account}",${l.memo}`,
  },
  {
    name: '浦发银行',
    header: '交易日期,凭证号,交易流水号,借方金额,贷方金额,余额,摘要,对方账号,对方户名,附言',
    row: (l, n) =>
      `${compact(l.day)},,F${n},${down(l.amountFen)},${up(l.amountFen)},${yuan(l.balanceFen)},转账,'${l.account},${l.name},${l.memo}`,
  },
  {
    name: '兴业银行',
    header: '银行流水号,账号,账户名称,交易日期,借方金额,贷方金额,账户余额,对方账号,对方户名,对方银行,用途,备注',
    row: (l, n) =>
      `X${n},${OWN_NUMBER},${OWN_NAME},${l.day} 09:00:00,${down(l.amountFen)},${up(l.amountFen)},${yuan(l.balanceFen)},${l.account},${l.name},某行,${l.memo},`,
    after: () => ['注：本明细仅供参考，以柜面回单为准'],
  },
  {
    name: '网商银行',
    header: '账务流水号,记账时间,收入（+元）,支出（-元）,账户余额（元）,对方名称,对方账户,备注',
    row: (l, n) =>
      `W${n},${l.day} 09:00:00,${up(l.amountFen)},${l.amountFen < 0 ? yuan(l.amountFen) : ''},${yuan(l.balanceFen)},${l.name},${l.account},${l.memo}`,
  },
  {
    name: '支付宝账务明细',
    before: ['#支付宝账务明细查询', '#账号：[20880000000000000156]'],
    header:
      '账务流水号,业务流水号,商户订单号,商品名称,发生时间,对方账号,收入金额（+元）,支出金额（-元）,账户余额（元）,交易渠道,业务类型,备注',
    row: (l, n) =>
      `A${n}\t,Y${n}\t,,,${l.day} 09:00:00,${l.name},${up(l.amountFen)},${l.amountFen < 0 ? yuan(l.amountFen) : ''},${yuan(l.balanceFen)},,转账,${l.memo}`,
    after: () => ['#-----------------------------------------账务明细列表结束'],
  },
  {
    name: '重庆农商行：两种文字的方向',
    header: '序号,交易日期,借贷,交易金额,余额,对方账号,对方户名,摘要',
    row: (l, n) =>
      `${n},${l.day},${way('贷 Cr', '借 Dr')(l)},${yuan(Math.abs(l.amountFen))},${yuan(l.balanceFen)},${l.account},${l.name},${l.memo}`,
  },
  {
    name: '正负一列',
    header: '记账日期,货币,交易金额,联机余额,交易摘要,对手信息',
    row: (l) => `${l.day},CNY,${yuan(l.amountFen)},${yuan(l.balanceFen)},${l.memo},${l.name}`,
  },
  {
    name: '方向列叫交易类型',
    header: '入账日期,交易类型,金额,结存余额,对方户名,对方账号,用途',
    row: (l) =>
      `${l.day.replace(/-/, '年').replace(/-/, '月')}日,${way('转入', '转出')(l)},${yuan(Math.abs(l.amountFen))},${yuan(l.balanceFen)},${l.name},${l.account},${l.memo}`,
  },
  {
    name: '英文',
    header: 'Posting Date,Description,Debit Amount,Credit Amount,Balance,Counterparty Name,Transaction Reference',
    row: (l, n) => `${l.day},${l.memo},${down(l.amountFen)},${up(l.amountFen)},${yuan(l.balanceFen)},${l.name},R${n}`,
  },
  {
    name: '没有余额的方向列',
    header: '交易日期,交易方向,交易金额,对方户名,对方账号,摘要',
    row: (l) => `${l.day},${way('收', '支')(l)},${yuan(Math.abs(l.amountFen))},${l.name},${l.account},${l.memo}`,
    hasBalance: false,
  },
  {
    name: '工商银行时间戳',
    header: '交易时间戳,借贷标志,发生额,余额,对方单位,对方账号,附言',
    row: (l) =>
      `${l.day}-09.00.00.123456,${way('C', 'D')(l)},${yuan(Math.abs(l.amountFen))},${yuan(l.balanceFen)},${l.name},${l.account},${l.memo}`,
  },
  {
    name: '没有余额的收支两列',
    header: '日期,收入,支出,对方名称,对方账号,备注',
    row: (l) => `${slashed(l.day)},${up(l.amountFen)},${down(l.amountFen)},${l.name},${l.account},${l.memo}`,
    after: (all) => [`合计,${sum(all, up)},${sum(all, down)},,,`],
    hasBalance: false,
  },
  {
    name: '对公明细：收/付方帐号，用途在后面的列',
    before: [`# 帐号：${OWN_NUMBER}`, '# 币种：人民币'],
    header: '交易日,交易类型,借方金额,贷方金额,余额,流水号,业务名称,其它摘要,收/付方名称,收/付方帐号,收/付方开户行名',
    row: (l, n) =>
      `${compact(l.day)},转账,${down(l.amountFen)},${up(l.amountFen)},${yuan(l.balanceFen)},K${n},-,${l.memo},${l.name},${l.account},`,
  },
  {
    name: '个人明细：对方账户名，没有的写横线',
    before: ['交易流水明细单'],
    header: '记账日期,记账时间,币别,金额,余额,交易名称,渠道,附言,对方账户名,对方卡号/账号,对方开户行',
    row: (l) =>
      `${l.day},09:00:00,人民币,${grouped(l.amountFen)},${grouped(l.balanceFen)},转账,----------,${l.memo},${l.name},${l.account},-------------------`,
  },
  {
    name: '交易对手的用途在自己的列，对方姓名',
    header: '交易时间,记账日期,支出,收入,账户余额,摘要,对方姓名,对方银行,对方账号,交易渠道,对方用途',
    row: (l) =>
      `${l.day} 09:00:00,${l.day},${down(l.amountFen)},${up(l.amountFen)},${yuan(l.balanceFen)},--,${l.name},--,${l.account},网银,${l.memo}`,
  },
];

export function csvOf(layout: Layout, lines: readonly TrueLine[] = TRUE_LINES): string {
  const rows = lines.map((line, at) => layout.row(line, at + 1));
  return `${[...(layout.before ?? []), layout.header, ...rows, ...(layout.after?.(lines) ?? [])].join('\n')}\n`;
}
