const PHONE = '(max-width: 640px)';
/** Within WeChat (and WeCom) the provider refuses H5: there its own sheet opens, or a code is read by another phone. */
export const IN_WECHAT = /MicroMessenger|wxwork/i;
/** WeCom calls itself both, and its people have other openids: there only the code is sure. */
const IN_WECOM = /wxwork/i;

type Scene = 'JSAPI' | 'H5' | 'NATIVE';

/** Ways to pay here, the best first: the next is for where the portal does not say who the buyer is at WeChat. */
export const scenes = (byCode: boolean): readonly Scene[] => {
  const agent = navigator.userAgent;
  if (byCode || IN_WECOM.test(agent)) return ['NATIVE'];
  if (IN_WECHAT.test(agent)) return ['JSAPI', 'NATIVE'];
  return [matchMedia(PHONE).matches ? 'H5' : 'NATIVE'];
};
