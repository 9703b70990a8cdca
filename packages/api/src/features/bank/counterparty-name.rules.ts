import { nameText } from './name-text.rules.js';

/** How the names of units end: whoever ends so is no person, unless it is a short name in Han (会, 社, 站 end names, too). */
const UNIT_END =
  /(?:公司|集团|银行|支行|分行|分理处|信用社|中心|协会|学会|商会|工会|总会|联合会|基金会|委员会|居委会|村委会|党委|支部|总支|基金|大学|学院|中学|小学|学校|幼儿园|医院|卫生院|卫生室|诊所|合作社|联社|供销社|个体工商户|个体户|经营部|门市部|商行|商店|超市|酒店|饭店|餐馆|餐厅|农场|林场|牧场|茶场|养殖场|基地|工厂|加工厂|事务所|研究所|研究院|派出所|服务站|供电所|政府|人民政府|财政局|税务局|办公室|办事处|管理处|管理局|党校|法院|检察院|博物馆|图书馆|出版社|报社|电视台|旅行社|俱乐部|平台|专户|财付通|支付宝|微信支付|厂|店|局|所|部|会|社|站|院|处|村|馆|场|行|署|厅|镇|乡|街道)$/u;
/** What is a unit's even where the whole is as short as a name. */
const SHORT_UNIT_END =
  /(?:公司|集团|银行|农商行|^[工农中建交招]行|支行|分行|信用社|中心|协会|学会|商会|工会|基金会?|委员会|[居村]委会|党委|支部|大学|学院|中学|小学|学校|幼儿园|医院|卫生院|诊所|合作社|供销社|商行|商店|超市|酒店|饭店|农场|林场|茶场|工厂|事务所|研究[所院]|派出所|服务站|政府|财政[局厅]|税务局|办公室|党校|法院|博物馆|图书馆|出版社|报社|电视台|旅行社|财付通|支付宝|专户)$/u;
/** In English: LTD, BANK … as a word of its own. */
const FOREIGN_UNIT =
  /\b(?:co|ltd|limited|inc|corp|corporation|company|llc|llp|plc|gmbh|ag|sa|bv|bank|group|holdings?|foundation|fund|university|college|school|hospital|institute|association|society|union|trust|committee|council|ministry|center|centre)\b/iu;

/** Written by a bank where nobody stands opposite. */
const NOBODY: ReadonlySet<string> = new Set(
  '利息 结息 利息收入 结息入账 手续费 工本费 短信费 年费 账户管理费 转账 汇兑 现金 存款 取款 退汇 冲正 待清算 待清算款项 清算款项 银联'.split(
    ' ',
  ),
);

const SHORT_HAN = /^\p{Script=Han}{2,4}$/u;
const HAS_LETTER = /\p{L}/u;

/**
 * A counterparty as the desk and the exported table show it: a unit by its name, a person by the first character
 * (rule 16). Whoever does not end as a unit does may be a person and is treated as one, in whatever script.
 */
export function shownCounterparty(name: string): string {
  const text = nameText(name);
  if (!HAS_LETTER.test(text) || NOBODY.has(text) || isUnit(text)) return text;
  return `个人 · ${[...text][0] ?? ''}*`;
}

function isUnit(text: string): boolean {
  // （重庆分公司）, (普通合伙): what stands in brackets at the end is no name's end.
  const bare = text.replace(/[（(][^（()）]*[)）]$/u, '').trim();
  if (SHORT_HAN.test(bare)) return SHORT_UNIT_END.test(bare);
  return UNIT_END.test(bare) || FOREIGN_UNIT.test(bare);
}

/** `6222021234567890` → `尾号 7890` */
export function shownAccount(account: string): string {
  const digits = account.replace(/\s/g, '');
  return digits.length < 4 ? '' : `尾号 ${digits.slice(-4)}`;
}
