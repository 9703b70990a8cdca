/** The provinces as they are written, long or short: a name that has not changed since 1997. */
const PROVINCE = new RegExp(
  '^(?:(?:北京|天津|上海|重庆)市?|' +
    '(?:河北|山西|辽宁|吉林|黑龙江|江苏|浙江|安徽|福建|江西|山东|河南|湖北|湖南|广东|海南|四川|贵州|云南|陕西|甘肃|青海|台湾)省?|' +
    '(?:内蒙古|西藏)(?:自治区)?|广西(?:壮族自治区)?|宁夏(?:回族自治区)?|新疆(?:维吾尔自治区)?|' +
    '(?:香港|澳门)(?:特别行政区)?)',
);

/**
 * Whether a region ends with its province: 重庆市, 四川省, 重庆市 重庆市 市辖区. No parcel finds its way by that. Names below a
 * province change every year, so none of them is called wrong.
 */
export function stopsAtProvince(region: string): boolean {
  let rest = region.replace(/[\s,，、/-]+/g, '');
  if (!PROVINCE.test(rest)) return false;
  // The choosers of some forms write a municipality twice.
  for (let part = PROVINCE.exec(rest)?.[0]; part; part = PROVINCE.exec(rest)?.[0]) rest = rest.slice(part.length);
  return rest === '' || rest === '市辖区';
}
