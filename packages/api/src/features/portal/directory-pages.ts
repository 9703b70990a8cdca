import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import type { Base } from '../../kernel/context.js';
import { isRefusal, type Refusal, refuse } from '../../kernel/refusal.js';
import { brokenTextAt } from '../../kernel/text.js';
import { type PortalOptions, portalOptions } from './portal.options.js';
import { ORGANISATION_LEVELS } from './portal.rules.js';

/** One page has this long, and this many tries: a nightly job waits for a restarting portal, not for a dead one. */
const PAGE_TIMEOUT_MS = 10_000;
const MOST_TRIES = 3;
const RETRY_WAIT_MS = 300;
/** 100 times today's 50,000 members at 1,000 a page. A directory that never ends stops here. */
const MOST_PAGES = 5_000;
const MOST_ITEMS_A_PAGE = 2_000;
const MOST_PAGE_BYTES = 4_000_000;

const id = z.string().min(1).max(128);
const instant = z.iso.datetime({ offset: true }).transform((text) => Date.parse(text));

/** The wire: one organisation. */
export const organisationItem = z.object({
  id,
  name: z.string().min(1).max(200),
  level: z.enum(ORGANISATION_LEVELS),
  parentId: id.nullable(),
  countyCode: z
    .string()
    .regex(/^\d{6}$/)
    .nullish(),
});

/** The wire: one member. A mobile number that the portal did not mask is refused: the zone must not hold it. */
export const memberItem = z.object({
  id,
  displayName: z.string().min(1).max(100),
  maskedMobile: z
    .string()
    .regex(/^\d{3}\*{4}\d{4}$/)
    .nullable(),
  memberships: z.array(z.object({ organisationId: id, from: instant, until: instant.nullable() })).max(100),
});

export type OrganisationItem = z.infer<typeof organisationItem>;
export type MemberItem = z.infer<typeof memberItem>;

/** Reads a whole list of the directory, page by page, each page validated. */
export async function readDirectoryList<Item>(
  base: Base,
  read: { readonly list: 'organisations' | 'members'; readonly item: z.ZodType<Item>; readonly bearer: string },
): Promise<Item[] | Refusal> {
  const page = z.object({ items: z.array(read.item).max(MOST_ITEMS_A_PAGE), next: z.string().max(512).nullable() });
  const all: Item[] = [];
  let cursor: string | null = '';
  for (let pageNumber = 1; cursor !== null; pageNumber += 1) {
    if (pageNumber > MOST_PAGES) return malformed(`${read.list}: more than ${MOST_PAGES} pages`);
    const url = new URL(`${portalOptions(base).directoryUrl}/${read.list}`);
    if (cursor) url.searchParams.set('cursor', cursor);
    const body = await fetchJson(base, url, { headers: { authorization: `Bearer ${read.bearer}` } });
    if (isRefusal(body)) return body;
    const parsed = page.safeParse(body.json);
    if (!parsed.success) {
      const issue = parsed.error.issues[0];
      return malformed(`${read.list}, page ${pageNumber}, ${issue?.path.join('.') ?? ''}: ${issue?.code ?? ''}`);
    }
    for (const item of parsed.data.items) all.push(item);
    cursor = parsed.data.next;
  }
  return all;
}

/** A bearer token for the directory, by the client credentials grant. */
export async function directoryBearer(base: Base): Promise<string | Refusal> {
  const options = portalOptions(base);
  const { directoryClientId: clientId, directoryClientSecret: secret } = options;
  if (!options.directoryUrl || !clientId || !secret) {
    return refuse('DIRECTORY_NOT_CONFIGURED', '还没有配置门户通讯录的地址和凭证，请联系系统管理员。');
  }
  const tokenUrl = await findTokenUrl(base, options);
  if (isRefusal(tokenUrl)) return tokenUrl;
  const basic = Buffer.from(`${encodeURIComponent(clientId)}:${encodeURIComponent(secret)}`).toString('base64');
  const answer = await fetchJson(base, new URL(tokenUrl), {
    method: 'POST',
    headers: { authorization: `Basic ${basic}`, 'content-type': 'application/x-www-form-urlencoded' },
    body: 'grant_type=client_credentials',
  });
  if (isRefusal(answer)) return answer;
  const parsed = z.object({ access_token: z.string().min(1) }).safeParse(answer.json);
  return parsed.success ? parsed.data.access_token : malformed('token response');
}

async function findTokenUrl(base: Base, options: PortalOptions): Promise<string | Refusal> {
  if (options.tokenUrl) return options.tokenUrl;
  const answer = await fetchJson(base, new URL(`${options.issuer}/.well-known/openid-configuration`), {});
  if (isRefusal(answer)) return answer;
  const parsed = z.object({ token_endpoint: z.url() }).safeParse(answer.json);
  return parsed.success ? parsed.data.token_endpoint : malformed('OpenID configuration');
}

async function fetchJson(base: Base, url: URL, init: RequestInit): Promise<{ json: unknown } | Refusal> {
  for (let attempt = 1; ; attempt += 1) {
    const answer = await fetchOnce(base, url, init);
    if (!isRefusal(answer)) return answer;
    if (answer.code !== 'DIRECTORY_UNREACHABLE' || attempt >= MOST_TRIES || base.stopping.aborted) return answer;
    await sleep(RETRY_WAIT_MS * attempt);
  }
}

async function fetchOnce(base: Base, url: URL, init: RequestInit): Promise<{ json: unknown } | Refusal> {
  const signal = AbortSignal.any([base.stopping, AbortSignal.timeout(PAGE_TIMEOUT_MS)]);
  let status = 0;
  try {
    const response = await fetch(url, { ...init, signal, redirect: 'error' });
    status = response.status;
    if (response.ok) return parseJson(await boundedText(response));
    await response.body?.cancel();
  } catch (error) {
    base.log.warn({ err: error, url: url.href }, 'the directory does not answer');
    return unreachable(status);
  }
  base.log.warn({ status, url: url.href }, 'the directory answers with an error');
  return status >= 500 || status === 429 ? unreachable(status) : malformed(`${url.pathname} answers ${status}`);
}

/** The body as text, or null when it is longer than a page may be. */
async function boundedText(response: Response): Promise<string | null> {
  if (!response.body) return '';
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of response.body) {
    bytes += chunk.length;
    if (bytes > MOST_PAGE_BYTES) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function parseJson(text: string | null): { json: unknown } | Refusal {
  if (text === null) return malformed(`a page is longer than ${MOST_PAGE_BYTES} bytes`);
  try {
    const json: unknown = JSON.parse(text);
    const broken = brokenTextAt(json);
    return broken === null ? { json } : malformed(`${broken}: half of a character, or NUL`);
  } catch {
    return malformed('not JSON');
  }
}

function unreachable(status: number): Refusal {
  return refuse('DIRECTORY_UNREACHABLE', '暂时读不到门户通讯录，请稍后再试。', { details: { status } });
}

/** `where` names the list, page and field, never what stands in it. */
export function malformed(where: string): Refusal {
  return refuse('DIRECTORY_INVALID', '门户通讯录的数据不符合约定，没有写入任何内容，请联系门户管理员。', {
    details: { where },
  });
}
