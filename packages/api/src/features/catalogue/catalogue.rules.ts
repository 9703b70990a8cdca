import { formatYuan } from '../../kernel/fen.js';
import { type Agreement, publicSponsorName } from '../agreements/index.js';
import type { CharityItem, Product, ReturnKind } from './catalogue.types.js';

/** Chinese grocers tell prices by the jin. */
const JIN_GRAMS = 500;

/** What a whole-number division gives, rounded half up: 0.5 fen becomes 1. Both whole, the divisor positive. */
function divideHalfUp(dividend: number, divisor: number): number {
  return Number((2n * BigInt(dividend) + BigInt(divisor)) / (2n * BigInt(divisor)));
}

/**
 * Price of 500 g in fen, rounded half up to a whole fen; null where the thing is sold by piece. Only ever shown: no
 * amount is computed from it.
 */
export function pricePer500gFen(product: Pick<Product, 'priceFen' | 'netWeightGrams' | 'pieces'>): number | null {
  if (product.pieces || product.netWeightGrams <= 0) return null;
  return divideHalfUp(product.priceFen * JIN_GRAMS, product.netWeightGrams);
}

/** `¥68.00 / 500克`, or `¥1.50 / 枚` where it is sold by piece (rule 11). */
export function unitPriceText(product: Pick<Product, 'priceFen' | 'netWeightGrams' | 'pieces'>): string {
  if (product.pieces) {
    const pieceFen = divideHalfUp(product.priceFen, product.pieces.count);
    return `¥${formatYuan(pieceFen)} / ${product.pieces.name}`;
  }
  const jinFen = pricePer500gFen(product);
  return jinFen === null ? `¥${formatYuan(product.priceFen)} / 份` : `¥${formatYuan(jinFen)} / ${JIN_GRAMS}克`;
}

/** Why a product is not on the shelf; null = it is there. */
export type OffShelfReason = 'TAKEN_OFF' | 'CERTIFICATE_EXPIRED';

/** An expired certificate would be a false claim, so the product leaves the shelf by itself (rule 13). */
export function offShelfReason(
  product: Pick<Product, 'offShelf' | 'certificates'>,
  nowMs: number,
): OffShelfReason | null {
  if (product.offShelf) return 'TAKEN_OFF';
  const expired = product.certificates.some((one) => one.validUntil !== null && one.validUntil.getTime() <= nowMs);
  return expired ? 'CERTIFICATE_EXPIRED' : null;
}

/** The facts of an agreement that the badge depends on. */
export type BadgeFacts = Pick<
  Agreement,
  | '_id'
  | 'number'
  | 'sponsorName'
  | 'publishesName'
  | 'fundName'
  | 'state'
  | 'amountFenPerUnit'
  | 'unit'
  | 'monthlyCapFen'
  | 'validFrom'
  | 'validUntil'
>;

/**
 * The badge (rule 5): only while the agreement is in force, within its term, and the sponsor still has at least one
 * unit's amount to give. A promise shown is a promise kept; placement holds the yuan, so it decides, not the badge.
 */
export function badge(agreement: BadgeFacts, leftFen: number, nowMs: number): CharityItem | null {
  const inTerm = agreement.validFrom.getTime() <= nowMs && nowMs < agreement.validUntil.getTime();
  if (agreement.state !== 'IN_FORCE' || !inTerm || leftFen < agreement.amountFenPerUnit) return null;
  return {
    agreementId: agreement._id,
    agreementNumber: agreement.number,
    sponsorName: publicSponsorName(agreement),
    fundName: agreement.fundName,
    amountFen: agreement.amountFenPerUnit,
    unit: agreement.unit,
    monthlyCap: agreement.monthlyCapFen !== null,
    validUntil: agreement.validUntil,
  };
}

const UNIT_WORDS = { line: '每单每种产品', order: '每单', piece: '每件' } as const;

/** `每件配捐1元`. Whole yuan without decimals, as people say it. */
export function matchUnitText(unit: CharityItem['unit'], amountFen: number): string {
  const yuan = amountFen % 100 === 0 ? String(amountFen / 100) : formatYuan(amountFen);
  return `${UNIT_WORDS[unit]}配捐${yuan}元`;
}

/** Rule 10: what the buyer may count on, in one sentence. */
export function returnRuleText(kind: ReturnKind): string {
  return kind === 'SEVEN_DAYS'
    ? '签收后七天内可无理由退货，请保持商品完好'
    : '鲜活易腐，不适用七天无理由退货；到货有损坏请在48小时内拍照申请，核实后退款，不用寄回';
}

/** The address of a picture under the zone's mount. It changes with the picture, so it may be cached forever. */
export function picturePath(id: string, version: string): string {
  return `/pictures/${id}.svg?v=${version}`;
}
