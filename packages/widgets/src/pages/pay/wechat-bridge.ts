import type { PaymentSheet } from '../../buy/pay.documents.js';

type Parameters = NonNullable<PaymentSheet['jsapi']>;

/**
 * How WeChat's own sheet ended. `ok` is what WeChat says on this phone; whether the money is there is the server's to tell.
 * `said`: WeChat's own words, for who is asked for help.
 */
export type BridgeEnd =
  { readonly kind: 'ok' | 'cancel' | 'absent' } | { readonly kind: 'fail'; readonly said: string };

interface Bridge {
  invoke(
    name: 'getBrandWCPayRequest',
    parameters: Parameters,
    answered: (answer: { readonly err_msg?: string; readonly err_desc?: string }) => void,
  ): void;
}

/** WeChat puts its bridge into a page some moments after the page began. */
const WAIT_FOR_BRIDGE_MS = 5_000;

const bridgeNow = (): Bridge | undefined => (globalThis as { WeixinJSBridge?: Bridge }).WeixinJSBridge;

const bridgeSoon = async (): Promise<Bridge | undefined> =>
  bridgeNow() ??
  new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(timer);
      document.removeEventListener('WeixinJSBridgeReady', done);
      resolve(bridgeNow());
    };
    const timer = setTimeout(done, WAIT_FOR_BRIDGE_MS);
    document.addEventListener('WeixinJSBridgeReady', done);
  });

/** Opens WeChat's sheet over the page, and tells how the buyer left it. */
export const payByBridge = async (parameters: Parameters): Promise<BridgeEnd> => {
  const bridge = await bridgeSoon();
  if (!bridge) return { kind: 'absent' };
  const { appId, timeStamp, nonceStr, package: prepay, signType, paySign } = parameters;
  const given = { appId, timeStamp, nonceStr, package: prepay, signType, paySign };
  return new Promise((resolve) => {
    bridge.invoke('getBrandWCPayRequest', given, ({ err_msg: said = '', err_desc: more = '' }) => {
      if (said.endsWith(':ok')) resolve({ kind: 'ok' });
      else if (said.endsWith(':cancel')) resolve({ kind: 'cancel' });
      else resolve({ kind: 'fail', said: [said, more].filter(Boolean).join(' ') });
    });
  });
};
