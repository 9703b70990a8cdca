import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { exportJWK, generateKeyPair, type JWK } from 'jose';
import { randomBytes } from 'node:crypto';
import { z } from 'zod';

/** What the portal signs with. The public part stands at its JWKS. */
export interface PortalKeys {
  readonly privateJwk: JWK & { readonly kid: string };
  readonly publicJwk: JWK;
  /** Signs the cookies of the sign-in. */
  readonly cookieSecret: string;
}

const FILE = 'portal-keys.json';

const keysFile = z.object({
  privateJwk: z.looseObject({ kid: z.string(), kty: z.literal('RSA') }),
  cookieSecret: z.string(),
});

/** The portal's keys: from `dataDir`, made there at the first start; without a folder, new ones for this process. */
export async function portalKeys(dataDir: string | null): Promise<PortalKeys> {
  const kept = dataDir === null ? null : await readKeys(join(dataDir, FILE));
  const made = kept ?? (await makeKeys());
  if (dataDir !== null && !kept) {
    await mkdir(dataDir, { recursive: true });
    const path = join(dataDir, FILE);
    await writeFile(path, JSON.stringify(made), { mode: 0o600 });
    await chmod(path, 0o600);
  }
  const { kty, n, e, kid, alg, use } = made.privateJwk;
  return { ...made, publicJwk: { kty, n, e, kid, alg, use } as JWK };
}

type KeptKeys = Pick<PortalKeys, 'privateJwk' | 'cookieSecret'>;

async function readKeys(path: string): Promise<KeptKeys | null> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
  return keysFile.parse(JSON.parse(text));
}

async function makeKeys(): Promise<KeptKeys> {
  const { privateKey } = await generateKeyPair('RS256', { modulusLength: 2048, extractable: true });
  const kid = `portal-${randomBytes(6).toString('hex')}`;
  return {
    privateJwk: { ...(await exportJWK(privateKey)), kid, alg: 'RS256', use: 'sig' },
    cookieSecret: randomBytes(32).toString('base64url'),
  };
}
