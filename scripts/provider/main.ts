/**
 * The fake payment provider as a process of its own.
 *
 * Environment: PORT (0: a free one), DATA_DIR (keys, book and `provider.env.json`; nothing is kept without it),
 * NOTIFY_URL (for the merchant's configuration), NOTICE_SCALE (share of the official waiting times), REFUND_DELAY_MS.
 * Prints one line, `{"ready":true,"url":…,"pid":…}`, and ends on SIGTERM, SIGINT or when its parent is gone.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { merchantEnv } from './merchant-env.js';
import { type ProviderOptions, startProvider } from './start-provider.js';
import { stopWithParent } from '../run/stop-with-parent.js';

function numberFrom(name: string): number | undefined {
  const text = process.env[name];
  if (text === undefined || text === '') return undefined;
  const value = Number(text);
  if (!Number.isFinite(value) || value < 0) throw new Error(`${name} must be a number of 0 or more`);
  return value;
}

const { DATA_DIR: dataDir, NOTIFY_URL: notifyUrl } = process.env;
const port = numberFrom('PORT');
const noticeScale = numberFrom('NOTICE_SCALE');
const refundDelayMs = numberFrom('REFUND_DELAY_MS');
const options: ProviderOptions = {
  ...(dataDir ? { dataDir } : {}),
  ...(notifyUrl ? { notifyUrl } : {}),
  ...(port === undefined ? {} : { port }),
  ...(noticeScale === undefined ? {} : { noticeScale }),
  ...(refundDelayMs === undefined ? {} : { refundDelayMs }),
};

if (dataDir) mkdirSync(dataDir, { recursive: true });
const provider = await startProvider(options);
if (dataDir) {
  const text = JSON.stringify(merchantEnv(provider.merchant), null, 2);
  writeFileSync(join(dataDir, 'provider.env.json'), text, { mode: 0o600 });
}
console.log(JSON.stringify({ ready: true, url: provider.url, pid: process.pid }));

stopWithParent(() => provider.stop());
