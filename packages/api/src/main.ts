import type { AddressInfo } from 'node:net';
import { wechatV3OptionsFromEnv } from './features/payments/index.js';
import { standAloneServer } from './http/stand-alone.js';
import { type Config, readConfig } from './kernel/config.js';
import { stopWithParent } from './kernel/stop-with-parent.js';
import { createZone, type Zone } from './zone.js';
import type { ZoneOptions } from './zone.options.js';

/** The stand-alone server: environment → zone → listen. One JSON line on standard output says that it is ready, and where. */
async function main(): Promise<void> {
  const config = readConfig(process.env);
  const zone = createZone(zoneOptions(config));
  const server = standAloneServer(zone.middleware, {
    trustProxy: config.TRUST_PROXY,
    requestTimeoutMs: config.REQUEST_TIMEOUT_MS,
    keepAliveMs: config.KEEP_ALIVE_MS,
    onError: (error) => zone.base.log.error({ err: error }, 'a request failed'),
  });
  await zone.start();
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(config.PORT, config.HOST, resolve);
  });
  const { port } = server.address() as AddressInfo;
  const url = `http://${config.HOST}:${port}${config.MOUNT}`;
  process.stdout.write(`${JSON.stringify({ ready: true, url })}\n`);

  let stopping = false;
  const stop = (why: string): void => {
    if (stopping) return;
    stopping = true;
    zone.base.log.info({ why }, 'stopping');
    server.close();
    server.closeIdleConnections();
    void end(zone);
  };
  process.once('SIGTERM', () => stop('SIGTERM'));
  process.once('SIGINT', () => stop('SIGINT'));
  if (config.AIXIN_STOP_WITH_PARENT) stopWithParent(() => stop('the parent is gone'));
}

/** A zone that does not end in time is ended: its writes are whole or not there. */
const LONGEST_STOP_MS = 15_000;

async function end(zone: Zone): Promise<void> {
  const late = setTimeout(() => process.exit(1), LONGEST_STOP_MS);
  await zone.stop();
  clearTimeout(late);
  process.exit(0);
}

function zoneOptions(config: Config): ZoneOptions {
  return {
    mongoUrl: config.MONGO_URL,
    dbName: config.DB_NAME,
    mount: config.MOUNT,
    portal: {
      issuer: config.PORTAL_ISSUER,
      jwksUrl: config.PORTAL_JWKS_URL,
      audience: config.PORTAL_AUDIENCE,
      zoneSessionSecret: config.ZONE_SESSION_SECRET,
      ...given({
        directoryUrl: config.PORTAL_DIRECTORY_URL,
        directoryClientId: config.PORTAL_CLIENT_ID,
        directoryClientSecret: config.PORTAL_CLIENT_SECRET,
        tokenUrl: config.PORTAL_TOKEN_URL,
      }),
    },
    payments: wechatV3OptionsFromEnv(process.env),
    bills: {
      feeBasisPoints: config.PAYMENT_FEE_BASIS_POINTS,
      fetchFrom: config.BILLS_FROM ?? null,
      merchantIds: { WECHAT: null, ALIPAY: config.ALIPAY_ACCOUNT ?? null },
    },
    addressKeys: list(config.ADDRESS_KEY),
    allowedOrigins: list(config.ALLOWED_ORIGINS),
    holdMs: config.HOLD_MS,
    returnWindowMs: config.RETURN_WINDOW_MS,
    askAfterMs: config.ASK_AFTER_MS,
    gatherMs: config.GATHER_MS,
    writesPerMinute: config.WRITES_PER_MINUTE,
    readsPerMinute: config.READS_PER_MINUTE,
    frameAncestors: list(config.FRAME_ANCESTORS),
    dev: config.DEV,
    answerOnly: config.ANSWER_ONLY,
    log: config.LOG_LEVEL,
    ...given({
      publicUrl: config.PUBLIC_URL,
      headFile: config.HEAD_FILE,
      widgetsFolder: config.WIDGETS_FOLDER,
      sandboxPayPage: config.SANDBOX_PAY_PAGE,
    }),
  };
}

function list(text: string | undefined): string[] {
  return (text ?? '')
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

/** Without the keys that have no value: an option is there or left out, never undefined. */
function given<Values extends Record<string, string | undefined>>(values: Values): { [Key in keyof Values]?: string } {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as {
    [Key in keyof Values]?: string;
  };
}

try {
  await main();
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
  // What was opened before the fault would keep the process alive.
  setTimeout(() => process.exit(1), 100).unref();
}
