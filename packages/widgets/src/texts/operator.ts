import { money } from '../kit/money.js';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** How long something has been so, in its largest unit. */
const age = (ms: number): string => {
  if (ms < HOUR_MS) return `${String(Math.max(1, Math.floor(ms / MINUTE_MS)))} 分钟`;
  return ms < DAY_MS ? `${String(Math.floor(ms / HOUR_MS))} 小时` : `${String(Math.floor(ms / DAY_MS))} 天`;
};

/** What waits for the operator. */
export const operatorTexts = {
  title: '待办与异常',
  sub: '系统自己办不成、要人来看的事，都在这里',
  deniedTitle: '这里只对平台运营开放',
  deniedText: '如果您负责平台运营，请联系门户管理员核对角色。',
  allGood: '没有要处理的事',
  allGoodText: '付款、退款都在正常办理。有办不成的，会出现在这里。',
  order: (number: string | null) => (number === null ? '没有对应的订单' : `订单 ${number}`),
  asked: (at: string) => `${at} 申请`,
  goods: (lines: readonly { readonly title: string; readonly quantity: number }[]) =>
    lines.map(({ title, quantity }) => `${title} × ${String(quantity)}`).join('、'),

  stuck: {
    title: '没有办成的事',
    sub: '系统会自己再试，间隔越来越长；原因解决了，可以马上再试',
    more: '每一类只列最久的 100 件；原因多半相同，解决后其余的会自己办完。',
    queues: {
      ASK: '核对付款',
      EXPIRY: '关闭超时订单',
      COMPLETION: '完成订单',
      REFUND: '发出退款',
      STRAY: '退回多付、错付的钱',
    },
    since: (ms: number, tries: number) => `卡了 ${age(ms)}，试过 ${String(tries)} 次`,
    next: (at: string) => `下次 ${at}`,
    ended: '不会自己再试',
    again: '再试',
    againOf: (what: string, order: string) => `再试：${what}，${order}`,
    done: '已安排，几秒内再试。仍办不成的会回到这里。',
  },

  refunds: {
    title: '等您决定的退款',
    sub: '没有退成的，和买家请平台再看一次的',
    more: '只列最早的 50 份，办完会补上。',
    buyer: (reason: string) => `买家：${reason}`,
    provider: (reason: string) => `支付平台：${reason}`,
    failed: '钱还没有退给买家',
    resend: '再退一次',
    approve: '同意退款',
    reject: '不退',
    of: (button: string, order: string, fen: number) => `${button}：${order}，${money(fen)}`,
    resendText: (fen: number) => `按原单号再发一次，退 ${money(fen)}。已经退成的不会重复退。`,
    approveText: (fen: number) => `退给买家 ${money(fen)}，不能撤回。`,
    rejectText: '商品回到未退状态，买家可以再申请。买家会看到您写的理由。',
    reason: '理由',
    reasonHint: '买家会看到',
    approved: '已同意，退款正在办理。',
    rejected: '已改为不退。',
  },

  outside: {
    title: '在商户平台上直接退的款',
    sub: '核对以前，这些订单不发货',
    amountUnknown: '金额待次日账单',
    amount: (fen: number) => `退了 ${money(fen)}`,
    numbers: (outsideId: string, refundId: string | null) =>
      refundId === null ? `支付平台单号 ${outsideId}` : `支付平台单号 ${outsideId}，退款单号 ${refundId}`,
    seen: (at: string) => `${at} 发现`,
    decide: '核对',
    decideOf: (order: string) => `核对：${order}`,
    heading: (order: string) => `${order} 的平台外退款`,
    explain: '这笔钱是退的哪些商品？记入订单后，这些商品的积分、配捐会相应退回。与订单商品无关的，只登记核对结果。',
    what: '退的是',
    all: '订单里剩下的全部商品和邮费',
    some: '其中几件',
    none: '与商品无关，只登记核对结果',
    left: (pieces: number) => `还有 ${String(pieces)} 件`,
    pieces: (title: string) => `${title}（件）`,
    piecesWrong: '请至少填一件，且不多于剩下的件数。',
    reason: '核对结果',
    reasonHint: '例如：客服已在商户平台退款，买家收到的蜂蜜破损',
    save: '确定',
    booked: '已记入订单，积分和配捐已相应退回。',
    decided: '已登记核对结果。',
  },
};
