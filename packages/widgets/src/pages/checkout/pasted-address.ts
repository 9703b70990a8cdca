import { lastOf } from '../../kit/lists.js';

/** The parts of a line that can be told apart without guessing. */
export interface PastedAddress {
  readonly recipient: string;
  readonly mobile: string;
  readonly region: string;
  readonly detail: string;
}

/** A mobile number with what people put between its digits; no other digit on either side. */
const MOBILE = /(?:^|[^\d])((?:\+?86[ -]?)?1[3-9]\d(?:[ -]?\d){8})(?!\d)/g;

const PROVINCE =
  '(?:北京市|天津市|上海市|重庆市|内蒙古自治区|广西壮族自治区|西藏自治区|宁夏回族自治区|新疆维吾尔自治区|' +
  '(?:河北|山西|辽宁|吉林|黑龙江|江苏|浙江|安徽|福建|江西|山东|河南|湖北|湖南|广东|海南|四川|贵州|云南|陕西|甘肃|青海)省)';
/** Province and county, with a city between them: each by its own last character, as it is written in full. */
const REGION = new RegExp(
  `^(${PROVINCE}(?:[^区县旗街路镇乡村道号]{2,10}?(?:市|自治州|地区|盟))?[^街路镇乡村道号]{1,12}?(?:区|县|旗|市))(.+)$`,
);
/** Marks between the parts, and the words that some apps write before them. */
const BETWEEN = /[\s,，;；:：、]+|收货人|收件人|姓名|手机号码?|联系电话|电话|所在地区|详细地址|收货地址|地址/g;
const NAME = /^[一-龥·]{2,10}$/;

/**
 * Parts a pasted line `张三 138-0013-8000 重庆市城口县葛城街道 1 号`, in any order. Undefined where a part is missing or there
 * are two of one: then the line stays where it was pasted, and nothing is guessed.
 */
export const partAddress = (line: string): PastedAddress | undefined => {
  const plain = line.normalize('NFKC').replace(/[\p{Cf}]/gu, '');
  const mobiles = [...plain.matchAll(MOBILE)].map((found) => found[1] ?? '');
  const [mobile] = mobiles;
  if (mobile === undefined || mobiles.length > 1) return undefined;
  const parts = plain.replace(mobile, ' ').replace(BETWEEN, ' ').trim().split(' ').filter(Boolean);
  const start = parts.findIndex((part) => new RegExp(`^${PROVINCE}`).test(part));
  // The name stands before the address or behind it; one between its parts cannot be told from a place.
  const named = start === 1 ? parts[0] : start === 0 ? lastOf(parts) : undefined;
  if (named === undefined || !NAME.test(named) || parts.length < 2) return undefined;
  const address = (start === 1 ? parts.slice(1) : parts.slice(0, -1)).join('');
  const found = REGION.exec(address);
  if (!found?.[1] || !found[2]) return undefined;
  // A last word that could be a place as well (…路 1 号 幸福小区) is no name for sure.
  if (start === 0 && /[区县路街道村镇乡组号楼栋室店园院里巷弄厦]$/.test(named)) return undefined;
  return { recipient: named, mobile: mobile.replace(/[ -]/g, '').slice(-11), region: found[1], detail: found[2] };
};
