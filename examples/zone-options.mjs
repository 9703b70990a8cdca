// What every host here tells its zone. Each variable is explained in docs/integrate.md; the merchant's in docs/operate.md.

/**
 * @param {NodeJS.ProcessEnv} env
 * @returns {import('@aixin/api').ZoneOptions}
 */
export function zoneOptions(env) {
  return {
    mongoUrl: env.MONGO_URL ?? '',
    dbName: env.DB_NAME ?? 'aixin',
    mount: '/aixin',
    portal: {
      issuer: env.PORTAL_ISSUER ?? '',
      jwksUrl: env.PORTAL_JWKS_URL ?? '',
      audience: env.PORTAL_AUDIENCE ?? '',
      zoneSessionSecret: env.ZONE_SESSION_SECRET ?? '',
    },
    payments: JSON.parse(env.WECHAT_MERCHANT ?? '{}'),
    addressKeys: [env.ADDRESS_KEY ?? ''],
    log: env.LOG_LEVEL ?? 'info',
  };
}
