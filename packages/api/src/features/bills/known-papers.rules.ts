import { fullWidth } from './bill-line.rules.js';

/** A paper that is downloaded where bills are, and is none that can be held against our books: what it is, what to do. */
interface Paper {
  readonly isIt: (title: string) => boolean;
  readonly sentence: string;
}

const fromWechat =
  '请登录微信支付商户平台，在“交易中心—交易账单”或“账户中心—资金账单”下载后原样上传，也可以由专区直接取账单。';
const fromAlipay = '请登录支付宝商家平台，在“对账中心—账单下载”下载业务明细，把压缩包原样上传，不要解开。';

const PAPERS: readonly Paper[] = [
  {
    isIt: (title) => title.startsWith('交易时间,公众账号ID,') && /,(?:总金额|代金券或立减优惠金额)(?:,|$)/.test(title),
    sentence:
      '这是微信支付早期格式的交易账单（列名是“总金额”，没有“应结订单金额”和“订单金额”）。' +
      '请在商户平台“交易中心—交易账单”把账单格式换成新版（含“应结订单金额”），重新下载后原样上传；也可以由专区直接取账单，取来的就是新版。',
  },
  {
    isIt: (title) => title.startsWith('交易时间,公众账号ID,商户号,'),
    sentence: `这是微信支付的交易账单，但列与现行格式不同（可能是个性化账单，或另存时改动了列）。请下载“全部”账单，不要改动列。${fromWechat}`,
  },
  {
    isIt: (title) => /^`?记账时间,微信支付业务单号,/.test(title),
    sentence: `这是微信支付的资金账单，但列与现行格式不同，可能在另存时改动了列。${fromWechat}`,
  },
  {
    isIt: (title) => title.startsWith('微信支付账单明细') || title.startsWith('微信昵称'),
    sentence: `这是个人微信的账单明细，不是商户的账单。${fromWechat}`,
  },
  {
    isIt: (title) => title.startsWith('#支付宝账务明细查询') || title.startsWith('#支付宝账务汇总查询'),
    sentence: `这是支付宝的账务明细，列的是账户收支，没有按订单的金额和服务费。${fromAlipay}`,
  },
  {
    isIt: (title) => /^支付宝交易记录明细查询|^-+支付宝|^导出信息/.test(title),
    sentence: `这是个人支付宝的交易记录，不是商家的账单。${fromAlipay}`,
  },
  {
    isIt: (title) => title.startsWith('支付宝交易号,商户订单号,'),
    sentence: `这是支付宝业务明细中间的一段，缺少开头写明账号和日期的几行。${fromAlipay}`,
  },
];

/** What a file with this first line is, where it is a paper that people take for a bill; null for anything else. */
export function paperSentence(title: string): string | null {
  const plain = fullWidth(title.replaceAll('"', '').trim());
  return PAPERS.find((paper) => paper.isIt(plain))?.sentence ?? null;
}
