import iconv from 'iconv-lite';
import { ZipFile } from 'yazl';

/** What a bill tells of one payment or refund. Fen, positive. */
export interface BilledThing {
  readonly kind: 'TRADE' | 'REFUND';
  /** `2026-11-22 10:34:56` */
  readonly at: string;
  readonly transactionId: string;
  readonly paymentId: string;
  readonly refundNumber?: string;
  readonly refundId?: string;
  readonly amountFen: number;
  /** What a voucher of ours paid of it: it never reaches our account. */
  readonly voucherFen?: number;
  readonly feeFen: number;
  /** 商户号; the fixtures' own where left out. */
  readonly merchantId?: string;
  readonly state?: string;
  readonly title?: string;
}

export const WECHAT_HEADER =
  '交易时间,公众账号ID,商户号,特约商户号,设备号,微信订单号,商户订单号,用户标识,交易类型,交易状态,付款银行,货币种类,应结订单金额,代金券金额,' +
  '微信退款单号,商户退款单号,退款金额,充值券退款金额,退款类型,退款状态,商品名称,商户数据包,手续费,费率,订单金额,申请退款金额,费率备注';
export const WECHAT_TOTALS =
  '总交易单数,应结订单总金额,退款总金额,充值券退款总金额,手续费总金额,订单总金额,申请退款总金额';

export function yuan(amountFen: number): string {
  const text = String(Math.abs(amountFen)).padStart(3, '0');
  return `${amountFen < 0 ? '-' : ''}${text.slice(0, -2)}.${text.slice(-2)}`;
}

/** The lines of a WeChat Pay trade bill of all, as the provider writes them. */
export function wechatLines(things: readonly BilledThing[]): string[] {
  const rows = things.map((one) => {
    const refund = one.kind === 'REFUND';
    const [paid, back] = refund ? ['0.00', yuan(one.amountFen)] : [yuan(one.amountFen), '0.00'];
    const voucher = refund ? '0.00' : yuan(one.voucherFen ?? 0);
    const [settled, settledBack] = refund ? ['0.00', yuan(settledOf(one))] : [yuan(settledOf(one)), '0.00'];
    const cells = [
      ...[
        one.at,
        'wx0000000000000001',
        one.merchantId ?? '1900000001',
        '0',
        '',
        one.transactionId,
        one.paymentId,
        'oUser',
      ],
      ...['NATIVE', refund ? 'REFUND' : 'SUCCESS', 'OTHERS', 'CNY', settled, voucher],
      ...[one.refundNumber ?? '0', one.refundId ?? '0', settledBack, '0.00'],
      ...[refund ? 'ORIGINAL' : '', refund ? (one.state ?? 'SUCCESS') : '', one.title ?? '消费帮扶订单', ''],
      ...[`${yuan(one.feeFen)}000`, '0.60%', paid, back, ''],
    ];
    return cells.map((cell) => `\`${cell}`).join(',');
  });
  const sum = (of: (one: BilledThing) => number): string => yuan(things.reduce((fen, one) => fen + of(one), 0));
  const paid = sum((one) => (one.kind === 'TRADE' ? one.amountFen : 0));
  const back = sum((one) => (one.kind === 'REFUND' ? one.amountFen : 0));
  const settled = sum((one) => (one.kind === 'TRADE' ? settledOf(one) : 0));
  const settledBack = sum((one) => (one.kind === 'REFUND' ? settledOf(one) : 0));
  const totals = [String(things.length), settled, settledBack, '0.00', `${sum((one) => one.feeFen)}000`, paid, back];
  return [WECHAT_HEADER, ...rows, WECHAT_TOTALS, totals.map((cell) => `\`${cell}`).join(',')];
}

function settledOf({ amountFen, voucherFen = 0 }: BilledThing): number {
  return amountFen - voucherFen;
}

export function wechatBill(things: readonly BilledThing[]): Buffer {
  return textBill(wechatLines(things));
}

/** As WeChat Pay saves text: UTF-8 with its mark, lines ended by CR LF. */
export function textBill(lines: readonly string[]): Buffer {
  return Buffer.from(`\uFEFF${lines.join('\r\n')}\r\n`, 'utf8');
}

export interface Movement {
  readonly at: string;
  readonly business: string;
  readonly number: string;
  readonly transactionId: string;
  readonly amountFen: number;
}

export function flowLines(movements: readonly Movement[], openingFen: number): string[] {
  let balanceFen = openingFen;
  const rows = movements.map(({ at, business, number, transactionId, amountFen }) => {
    balanceFen += amountFen;
    const side = amountFen < 0 ? '支出' : '收入';
    const cells = [at, transactionId, number, business, business, side, yuan(Math.abs(amountFen)), yuan(balanceFen)];
    return [...cells, 'system', '', transactionId].map((cell) => `\`${cell}`).join(',');
  });
  const incomes = movements.filter((one) => one.amountFen >= 0);
  const expenses = movements.filter((one) => one.amountFen < 0);
  const fen = (some: readonly Movement[]): string => yuan(Math.abs(some.reduce((sum, one) => sum + one.amountFen, 0)));
  const totals = [movements.length, incomes.length, fen(incomes), expenses.length, fen(expenses)];
  return [
    '记账时间,微信支付业务单号,资金流水单号,业务名称,业务类型,收支类型,收支金额(元),账户结余(元),资金变更提交申请人,备注,业务凭证号',
    ...rows,
    '资金流水总笔数,收入笔数,收入金额,支出笔数,支出金额',
    totals.map((cell) => `\`${cell}`).join(','),
  ];
}

const ALIPAY_HEADER =
  '支付宝交易号,商户订单号,业务类型,商品名称,创建时间,完成时间,门店编号,门店名称,操作员,终端号,对方账户,订单金额（元）,商家实收（元）,' +
  '支付宝红包（元）,集分宝（元）,支付宝优惠（元）,商家优惠（元）,券核销金额（元）,券名称,商家红包消费金额（元）,卡消费金额（元）,' +
  '退款批次号/请求号,服务费（元）,分润（元）,备注';
const ALIPAY_TOTALS =
  '门店编号,门店名称,交易订单总笔数,退款订单总笔数,订单金额（元）,商家实收（元）,支付宝优惠（元）,商家优惠（元）,卡消费金额（元）,服务费（元）,分润（元）,实收净额（元）';

const chineseDay = (day: string): string => `${day.replace('-', '年').replace('-', '月')}日 00:00:00`;

/** The two files of an Alipay bill of one day, as text. */
export function alipayTexts(day: string, things: readonly BilledThing[]): { detail: string[]; totals: string[] } {
  const after = new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);
  const period = `#起始日期：[${chineseDay(day)}]   终止日期：[${chineseDay(after)}]`;
  const signed = (one: BilledThing): number => (one.kind === 'REFUND' ? -one.amountFen : one.amountFen);
  const rows = things.map((one) => {
    const amount = yuan(signed(one));
    const kind = one.kind === 'REFUND' ? '退款' : '交易';
    const head = [`${one.transactionId}\t`, `${one.paymentId}\t`, kind, one.title ?? '消费帮扶订单', one.at, one.at];
    const shop = ['\t', '\t', '\t', '\t', '*民(138****0000)\t'];
    const money = [amount, amount, '0.00', '0.00', '0.00', '0.00', '0.00', '', '0.00\t', '0.00'];
    return [...head, ...shop, ...money, `${one.refundId ?? ''}\t`, yuan(-one.feeFen), '0.00', ''].join(',');
  });
  const trades = things.filter((one) => one.kind === 'TRADE');
  const refunds = things.filter((one) => one.kind === 'REFUND');
  const fen = (some: readonly BilledThing[], of: (one: BilledThing) => number): number =>
    some.reduce((sum, one) => sum + of(one), 0);
  const note = (what: string, some: readonly BilledThing[], word: string): string =>
    `#${what}：${some.length}笔，商家实收${word}共${yuan(fen(some, signed))}元，商家优惠${word}共0.00元`;
  const fee = yuan(-fen(things, (one) => one.feeFen));
  const all = yuan(fen(things, signed));
  const net = yuan(fen(things, (one) => signed(one) - one.feeFen));
  const head = (title: string): string[] => [`#支付宝${title}查询`, '#账号：[20881234567890120156]', period];
  return {
    detail: [
      ...head('业务明细'),
      '#-----------------------------------------业务明细列表----------------------------------------',
      ALIPAY_HEADER,
      ...rows,
      '#-----------------------------------------业务明细列表结束------------------------------------',
      note('交易合计', trades, ''),
      note('退款合计', refunds, '退款'),
      '#导出时间：[2026年11月24日 06:27:10]',
    ],
    totals: [
      ...head('业务汇总'),
      '#-----------------------------------------业务汇总列表----------------------------------------',
      ALIPAY_TOTALS,
      `合计\t,\t,${trades.length},${refunds.length},${all},${all},0.00,0.00,0.00,${fee},0.00,${net}`,
      '#----------------------------------------业务汇总列表结束-------------------------------------',
      '#导出时间：[2026年11月24日 06:27:10]',
    ],
  };
}

/** Both files in GBK, in a zip, as they are downloaded. */
export async function alipayZip(texts: { detail: readonly string[]; totals: readonly string[] }): Promise<Buffer> {
  const zip = new ZipFile();
  const gbk = (lines: readonly string[]): Buffer => iconv.encode(`${lines.join('\r\n')}\r\n`, 'gbk');
  zip.addBuffer(gbk(texts.detail), '20881234567890120156_20261122_业务明细.csv');
  zip.addBuffer(gbk(texts.totals), '20881234567890120156_20261122_业务明细(汇总).csv');
  zip.end();
  return zipped(zip);
}

export async function zipped(zip: ZipFile): Promise<Buffer> {
  const pieces: Buffer[] = [];
  for await (const piece of zip.outputStream as AsyncIterable<Buffer>) pieces.push(piece);
  return Buffer.concat(pieces);
}
