import type { Adapter, AdapterPayload } from 'oidc-provider';

/** Entries of all kinds together. The oldest goes first: somebody has to sign in again. */
const MOST_KEPT = 100_000;
/** For what the provider gives no end. */
const LONGEST_KEPT_SECONDS = 86_400;

interface Entry {
  readonly payload: AdapterPayload;
  readonly expiresAtMs: number;
}

/**
 * Where the OpenID provider keeps codes, grants and sessions: in this process, as is right for a demo that one starts
 * and stops. A restart signs everybody out.
 */
export function createOidcMemory(): (model: string) => Adapter {
  const entries = new Map<string, Entry>();
  const find = (key: string): AdapterPayload | undefined => {
    const entry = entries.get(key);
    if (entry && entry.expiresAtMs > Date.now()) return entry.payload;
    entries.delete(key);
    return undefined;
  };
  const first = (wanted: (payload: AdapterPayload) => boolean, model: string): AdapterPayload | undefined => {
    for (const [key, { payload }] of entries) if (key.startsWith(`${model}:`) && wanted(payload)) return find(key);
    return undefined;
  };
  return (model) => ({
    async upsert(id, payload, expiresIn) {
      const oldest = entries.keys().next();
      if (entries.size >= MOST_KEPT && !oldest.done) entries.delete(oldest.value);
      entries.set(`${model}:${id}`, {
        payload,
        expiresAtMs: Date.now() + (expiresIn ?? LONGEST_KEPT_SECONDS) * 1000,
      });
    },
    find: async (id) => find(`${model}:${id}`),
    findByUid: async (uid) => first((payload) => payload.uid === uid, model),
    findByUserCode: async (userCode) => first((payload) => payload.userCode === userCode, model),
    async consume(id) {
      const entry = entries.get(`${model}:${id}`);
      if (entry) entry.payload.consumed = Math.floor(Date.now() / 1000);
    },
    async destroy(id) {
      entries.delete(`${model}:${id}`);
    },
    async revokeByGrantId(grantId) {
      for (const [key, { payload }] of entries) if (payload.grantId === grantId) entries.delete(key);
    },
  });
}
