/**
 * The demo portal as a process of its own.
 *
 * Environment: PORT (0: a free one), ZONE_URL (the zone's mount, shown at `/aixin`), PORTAL_URL (the address that browsers
 * use), DATA_DIR (where the keys are kept), SUPPLIER_ID (whom the persona `supplier` acts for), DIRECTORY_CLIENT_SECRET.
 * Prints one line, `{"ready":true,"url":…}`, and ends on SIGTERM, SIGINT or when its parent is gone.
 */
import { fstatSync } from 'node:fs';
import { type PortalStartOptions, startPortal } from './start-portal.js';

/** A killed parent sends no signal; its child finds another parent instead. */
const PARENT_CHECK_MS = 500;

function optionsFrom(env: NodeJS.ProcessEnv): PortalStartOptions {
  const port = Number(env['PORT'] ?? 0);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) throw new Error('PORT must be a port number');
  for (const name of ['ZONE_URL', 'PORTAL_URL']) {
    const value = env[name];
    if (value && !URL.canParse(value)) throw new Error(`${name} must be an address like http://127.0.0.1:4000`);
  }
  return {
    port,
    ...(env['ZONE_URL'] ? { zoneUrl: env['ZONE_URL'] } : {}),
    ...(env['PORTAL_URL'] ? { portalUrl: env['PORTAL_URL'] } : {}),
    ...(env['DATA_DIR'] ? { dataDir: env['DATA_DIR'] } : {}),
    ...(env['SUPPLIER_ID'] ? { supplierId: env['SUPPLIER_ID'] } : {}),
    ...(env['DIRECTORY_CLIENT_SECRET'] ? { directoryClientSecret: env['DIRECTORY_CLIENT_SECRET'] } : {}),
  };
}

const portal = await startPortal(optionsFrom(process.env));
process.stdout.write(`${JSON.stringify({ ready: true, url: portal.url })}\n`);

let stopping = false;
async function stop(): Promise<void> {
  if (stopping) return;
  stopping = true;
  await portal.stop();
  process.exit(0);
}
process.on('SIGTERM', () => void stop());
process.on('SIGINT', () => void stop());
process.on('disconnect', () => void stop());
const parent = process.ppid;
setInterval(() => {
  if (process.ppid !== parent) void stop();
}, PARENT_CHECK_MS).unref();
// A pipe at stdin is held by the parent: its end is the parent's end. A terminal or /dev/null says nothing.
const stdin = fstatSync(0);
if (stdin.isFIFO() || stdin.isSocket()) process.stdin.on('end', () => void stop()).resume();
