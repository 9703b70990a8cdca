import type { MerchantConfiguration } from './start-provider.js';

/** The merchant's configuration as the environment variables the zone reads. `notifyUrl` is left out when unknown. */
export function merchantEnv(merchant: MerchantConfiguration): Record<string, string> {
  return {
    AIXIN_WECHAT_BASE_URL: merchant.baseUrl,
    AIXIN_WECHAT_MCHID: merchant.mchid,
    AIXIN_WECHAT_APPID: merchant.appid,
    AIXIN_WECHAT_MERCHANT_SERIAL: merchant.merchantSerial,
    AIXIN_WECHAT_MERCHANT_PRIVATE_KEY: merchant.merchantPrivateKey,
    AIXIN_WECHAT_PROVIDER_KEYS: JSON.stringify(merchant.providerKeys),
    AIXIN_WECHAT_API_V3_KEY: merchant.apiV3Key,
    ...(merchant.notifyUrl === '' ? {} : { AIXIN_WECHAT_NOTIFY_URL: merchant.notifyUrl }),
  };
}
