import { randomBytes } from 'node:crypto';
import type Router from '@koa/router';
import type { Context } from 'koa';
import getRawBody from 'raw-body';
import { z } from 'zod';
import { ACCESS_TOKEN_SECONDS } from './oidc.js';
import type { People, Person } from './people.js';
import type { TokenMint } from './tokens.js';

const LONGEST_TOKEN_SECONDS = 24 * 3_600;
const MOST_BODY_BYTES = 16_384;
const PAGE_SIZE = 1_000;

const tokenRequest = z.object({
  persona: z.string(),
  expires_in: z.int().min(1).max(LONGEST_TOKEN_SECONDS).optional(),
});
const ticketRequest = z.object({ persona: z.string(), nonce: z.string().min(8).max(128).optional() });

/** For scripts and tests: tokens and tickets without a browser. Only a demo portal has these. */
export function devRoutes(router: Router, { people, mint }: { people: People; mint: TokenMint }): void {
  router.get('/dev/personas', (ctx) => {
    ctx.body = people.personas().map(({ key, label, displayName, place, subject, roles }) => ({
      persona: key,
      label,
      displayName,
      place,
      subject,
      roles,
    }));
  });
  router.post('/dev/token', async (ctx) => {
    const asked = tokenRequest.safeParse(await readJson(ctx));
    const person = asked.success ? people.byKey(asked.data.persona) : null;
    if (!asked.success || !person) return unknownPersona(ctx, people);
    const seconds = asked.data.expires_in ?? ACCESS_TOKEN_SECONDS;
    ctx.set('cache-control', 'no-store');
    ctx.body = {
      access_token: await mint.accessToken(person, seconds),
      token_type: 'Bearer',
      expires_in: seconds,
      persona: person.key,
    };
  });
  router.post('/dev/ticket', async (ctx) => {
    const asked = ticketRequest.safeParse(await readJson(ctx));
    const person: Person | null = asked.success ? people.byKey(asked.data.persona) : null;
    if (!asked.success || !person) return unknownPersona(ctx, people);
    const nonce = asked.data.nonce ?? randomBytes(16).toString('base64url');
    ctx.set('cache-control', 'no-store');
    ctx.body = { ticket: await mint.ticket(person, nonce), nonce, persona: person.key };
  });
}

/** The directory in pages of 1,000: `{items, next}`, `next` being the cursor of the following page or null. */
export function directoryRoutes(router: Router, { people, mint }: { people: People; mint: TokenMint }): void {
  router.get('/directory/:list', async (ctx) => {
    if (!(await mint.mayReadDirectory(ctx.get('authorization')))) {
      ctx.status = 401;
      ctx.set('www-authenticate', 'Bearer');
      ctx.body = { error: 'invalid_token', message: '读取通讯录需要 client_credentials 取得的凭证。' };
      return;
    }
    const { organisations, members } = people.directory();
    const all = { organisations, members }[String(ctx.params['list'])];
    const cursor = String(ctx.query['cursor'] ?? '0');
    if (!all || !/^\d{1,9}$/.test(cursor)) {
      ctx.status = all ? 400 : 404;
      ctx.body = { message: all ? 'cursor 只能用上一页给出的值。' : '通讯录只有 organisations 和 members 两个列表。' };
      return;
    }
    const end = Number(cursor) + PAGE_SIZE;
    ctx.body = { items: all.slice(Number(cursor), end), next: end < all.length ? String(end) : null };
  });
}

function unknownPersona(ctx: Context, people: People): void {
  const personas = people.personas().map((one) => one.key);
  ctx.status = 400;
  ctx.body = {
    error: 'unknown_persona',
    message: `没有这个身份。请在 persona 里填写其中之一：${personas.join('、')}；或 member#0 到 member#49999。`,
    personas,
  };
}

async function readJson(ctx: Context): Promise<unknown> {
  try {
    return JSON.parse(await getRawBody(ctx.req, { limit: MOST_BODY_BYTES, encoding: 'utf8' }));
  } catch {
    // Too long or not JSON: the answer tells what is expected.
    return undefined;
  }
}
