import { matchStore } from '../../src/features/charity/index.js';
import { batchLineStore, readRemittances, type RemittanceState } from '../../src/features/batches/index.js';
import { readLedgerBalances } from '../../src/features/ledger/index.js';
import type { Base } from '../../src/kernel/context.js';

export interface Place {
  readonly place: string;
  readonly amountFen: number;
}

/** Where every fen lies, three ways: what sales made sponsors owe, what the bank has, what the books say of both. */
export interface Places {
  /** What sales matched, and the places in which it lies. */
  readonly sales: { readonly matchedFen: number; readonly places: readonly Place[] };
  /** What came and went through the bank, and the places in which it lies. */
  readonly bank: { readonly movedFen: number; readonly places: readonly Place[] };
  /** Sums of all accounts, and of what sponsors owe by the books and by their remittances. */
  readonly books: { readonly sumFen: number; readonly owedFen: number; readonly askedFen: number };
}

export async function placesOf(base: Base): Promise<Places> {
  const [balances, remittances, sales] = [
    await readLedgerBalances(base, 'all'),
    await readRemittances(base, {}),
    await salePlaces(base),
  ];
  const account = (name: string): number => balances.get(name) ?? 0;
  const named = (prefix: string): number =>
    [...balances].reduce((sum, [name, fen]) => sum + (name.startsWith(prefix) ? fen : 0), 0);
  const batched = (states: readonly RemittanceState[]): number =>
    remittances.reduce((sum, one) => sum + (states.includes(one.state) ? one.amountFen : 0), 0);
  const carriedFen = remittances.reduce((sum, one) => sum + one.carriedOutFen - one.carriedInFen, 0);
  return {
    sales: {
      matchedFen: sales.matchedFen,
      places: [
        { place: '退货撤销', amountFen: sales.undoneFen },
        { place: '待确认', amountFen: sales.pendingFen },
        { place: '已生效，待列入批次', amountFen: sales.unbatchedFen },
        { place: '待汇款', amountFen: batched(['OPEN', 'NONE']) + carriedFen },
        { place: '已到账，待开票据', amountFen: batched(['REMITTED']) },
        { place: '已开票据，待公示', amountFen: batched(['RECEIPTED']) },
        { place: '已公示', amountFen: batched(['DISCLOSED']) },
      ],
    },
    bank: {
      movedFen: named('bank/'),
      places: [
        { place: '基金未使用', amountFen: 0 - account('fund') },
        { place: '已批准、未付出的支出', amountFen: 0 - account('payable') },
        { place: '利息', amountFen: 0 - account('interest') },
        { place: '银行费用', amountFen: 0 - account('bank-fees') },
        { place: '非本基金款项', amountFen: 0 - account('foreign') },
        { place: '未核对', amountFen: 0 - named('unallocated/') },
      ],
    },
    books: {
      sumFen: [...balances.values()].reduce((sum, fen) => sum + fen, 0),
      owedFen: named('owed/'),
      askedFen: remittances.reduce((sum, one) => sum + one.amountFen - one.receivedFen, 0) + carriedFen,
    },
  };
}

/** The sales' side, from matches and the lines that batches have of them: never from the books. */
async function salePlaces(base: Base) {
  const counted = new Map<string, number>();
  for await (const { matchId, amountFen } of batchLineStore.collection(base).find({})) {
    counted.set(matchId, (counted.get(matchId) ?? 0) + amountFen);
  }
  const sums = { matchedFen: 0, undoneFen: 0, pendingFen: 0, unbatchedFen: 0 };
  for await (const match of matchStore.collection(base).find({})) {
    const leftFen = match.amountFen - match.undoneFen;
    sums.matchedFen += match.amountFen;
    sums.undoneFen += match.undoneFen;
    if (match.state === 'PENDING') sums.pendingFen += leftFen;
    else sums.unbatchedFen += leftFen - (counted.get(match._id) ?? 0);
  }
  return sums;
}
