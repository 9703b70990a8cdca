import {
  type Base,
  addressKeys,
  createAddressKeys,
  createLogger,
  ensureCollections,
  loadPolicy,
  portalOptions,
  systemRandom,
} from '@aixin/api/internals';
import mongoose from 'mongoose';

/** The zone's rooms on the demo's database, in this process: for seeding and checking, without HTTP. */
export async function openZoneBase(
  env: Readonly<Record<string, string>>,
  options: { readonly clock: Base['clock'] },
): Promise<{ base: Base; close(): Promise<void> }> {
  const db = mongoose.createConnection(env['MONGO_URL'] ?? '', {
    dbName: env['DB_NAME'] ?? 'aixin',
    writeConcern: { w: 'majority', journal: true },
  });
  await db.asPromise();
  const stopping = new AbortController();
  const log = createLogger({ level: 'error' });
  const base: Base = { db, clock: options.clock, random: systemRandom, log, stopping: stopping.signal };
  portalOptions.fill(base, {
    issuer: env['PORTAL_ISSUER'] ?? '',
    jwksUrl: env['PORTAL_JWKS_URL'] ?? '',
    audience: env['PORTAL_AUDIENCE'] ?? '',
    directoryUrl: env['PORTAL_DIRECTORY_URL'] ?? '',
    tokenUrl: env['PORTAL_TOKEN_URL'] ?? '',
    directoryClientId: env['PORTAL_CLIENT_ID'] ?? '',
    directoryClientSecret: env['PORTAL_CLIENT_SECRET'] ?? '',
    zoneSessionSecret: env['ZONE_SESSION_SECRET'] ?? '',
  });
  addressKeys.fill(base, createAddressKeys([env['ADDRESS_KEY'] ?? '']));
  await ensureCollections(db);
  await loadPolicy(base);
  return {
    base,
    async close() {
      stopping.abort();
      await db.close();
    },
  };
}
