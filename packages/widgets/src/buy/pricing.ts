/**
 * What a cart costs, by the rules that the server prices with: one parcel per supplier, whose postage is that of its dearest
 * line as it travels once; packaging per piece. The server's figure is the one that counts: the order is sent with the total
 * shown here and refused if it differs.
 */
import type { BuyFacts } from './buy.documents.js';

export interface Wanted {
  readonly productId: string;
  readonly quantity: number;
}

export type Trouble = 'gone' | 'sold-out' | 'too-many' | 'over-limit';

export interface Line {
  readonly productId: string;
  readonly quantity: number;
  /** Null: no longer on the shelf. */
  readonly product: BuyFacts | null;
  /** The most that stock and limit allow; 0 when none can be had. */
  readonly max: number;
  readonly trouble: Trouble | undefined;
  readonly goodsFen: number;
}

export interface ParcelOfLines {
  readonly supplier: BuyFacts['supplier'];
  readonly lines: readonly (Line & { readonly product: BuyFacts })[];
  readonly postageFen: number;
  readonly packagingFen: number;
}

export interface Totals {
  readonly pieces: number;
  readonly goodsFen: number;
  readonly postageFen: number;
  readonly packagingFen: number;
  readonly totalFen: number;
  /** What sponsors would give for it, as promised on the products. */
  readonly promisedFen: number;
}

const troubleOf = (product: BuyFacts | null, quantity: number): Trouble | undefined => {
  if (!product) return 'gone';
  if (product.stockLeft === 0) return 'sold-out';
  if (quantity > product.stockLeft) return 'too-many';
  return product.limitPerPerson !== null && quantity > product.limitPerPerson ? 'over-limit' : undefined;
};

export const lineOf = ({ productId, quantity }: Wanted, product: BuyFacts | null): Line => ({
  productId,
  quantity,
  product,
  max: product ? Math.min(product.stockLeft, product.limitPerPerson ?? product.stockLeft) : 0,
  trouble: troubleOf(product, quantity),
  goodsFen: (product?.priceFen ?? 0) * quantity,
});

const isBuyable = (line: Line): line is Line & { product: BuyFacts } => line.product !== null && line.max > 0;

/** The lines by supplier, in the order in which they were put in. What cannot be had travels in no parcel. */
export const parcelsOf = (lines: readonly Line[]): ParcelOfLines[] => {
  const bySupplier = new Map<string, (Line & { product: BuyFacts })[]>();
  for (const line of lines.filter(isBuyable)) {
    const { id } = line.product.supplier;
    bySupplier.set(id, [...(bySupplier.get(id) ?? []), line]);
  }
  return [...bySupplier.values()].flatMap((own) => {
    const [first] = own;
    if (!first) return [];
    return {
      supplier: first.product.supplier,
      lines: own,
      postageFen: Math.max(...own.map(({ product }) => product.postageFen)),
      packagingFen: own.reduce((sum, { product, quantity }) => sum + product.packagingFen * quantity, 0),
    };
  });
};

/** By the agreement's unit: each line, each piece, or once for all lines of one agreement in the order. */
const promisedFenOf = (lines: readonly (Line & { product: BuyFacts })[]): number => {
  const ordersSeen = new Set<string>();
  let sumFen = 0;
  for (const { product, quantity } of lines) {
    const item = product.charityItem;
    if (!item) continue;
    if (item.unit === 'ORDER') {
      if (ordersSeen.has(item.agreementId)) continue;
      ordersSeen.add(item.agreementId);
    }
    sumFen += item.amountFen * (item.unit === 'PIECE' ? quantity : 1);
  }
  return sumFen;
};

export const totalsOf = (parcels: readonly ParcelOfLines[]): Totals => {
  const lines = parcels.flatMap((parcel) => parcel.lines);
  const goodsFen = lines.reduce((sum, line) => sum + line.goodsFen, 0);
  const postageFen = parcels.reduce((sum, parcel) => sum + parcel.postageFen, 0);
  const packagingFen = parcels.reduce((sum, parcel) => sum + parcel.packagingFen, 0);
  return {
    pieces: lines.reduce((sum, { quantity }) => sum + quantity, 0),
    goodsFen,
    postageFen,
    packagingFen,
    totalFen: goodsFen + postageFen + packagingFen,
    promisedFen: promisedFenOf(lines),
  };
};
