/**
 * The package's front door: `createZone(options)` gives the Koa middleware that a portal mounts, and `start`/`stop`.
 * docs/integrate.md mounts it in under thirty lines.
 */
export type { JsapiParameters, PaymentPort, WechatV3Options } from './features/payments/index.js';
export { WECHAT_V3_VARIABLES, wechatV3OptionsFromEnv } from './features/payments/index.js';
export type { PortalOptions } from './features/portal/index.js';
export type { NodeHandler } from './http/node-handler.js';
export { createZone, type Zone } from './zone.js';
export type { ZoneOptions } from './zone.options.js';
