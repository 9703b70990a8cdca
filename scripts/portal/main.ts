/**
 * The demo portal as a process of its own.
 *
 * Environment: PORT (0: a free one), ZONE_URL (the zone's mount, shown at `/aixin`), PORTAL_URL (the address that browsers
 * use), DATA_DIR (where the keys are kept), SUPPLIER_ID and SPONSOR_ID (whom the personas `supplier` and `sponsor` act
 * for), DIRECTORY_CLIENT_SECRET. Prints one line, `{"ready":true,"url":…}`, and ends on SIGTERM, SIGINT or when its parent
 * is gone.
 */
import { type PortalStartOptions, startPortal } from './start-portal.js';
import { stopWithParent } from '../run/stop-with-parent.js';

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
    ...(env['SPONSOR_ID'] ? { sponsorId: env['SPONSOR_ID'] } : {}),
    ...(env['DIRECTORY_CLIENT_SECRET'] ? { directoryClientSecret: env['DIRECTORY_CLIENT_SECRET'] } : {}),
  };
}

const portal = await startPortal(optionsFrom(process.env));
process.stdout.write(`${JSON.stringify({ ready: true, url: portal.url })}\n`);

stopWithParent(() => portal.stop());
