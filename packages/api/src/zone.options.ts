import { z } from 'zod';
import type { Logger } from 'pino';
import type { BillsOptions } from './features/bills/index.js';
import type { PaymentPort } from './features/payments/index.js';
import type { WechatV3Options } from './features/payments/index.js';
import type { PortalOptions } from './features/portal/index.js';
import type { Clock } from './kernel/clock.js';
import type { RandomSource } from './kernel/ids.js';

/** Everything that a zone needs to know. What has no `?` must be given. */
export interface ZoneOptions {
  /** The MongoDB replica set, `mongodb://…`. The zone opens a connection of its own and closes it at `stop()`. */
  readonly mongoUrl: string;
  /** The database, for this zone alone. `aixin` where left out. */
  readonly dbName?: string;
  /** The prefix of all its addresses under the host: `/aixin` where left out. No slash at the end. */
  readonly mount?: string;
  /** Scheme, host and port as browsers see them, `https://portal.example`. Left out: addresses stay relative to the page. */
  readonly publicUrl?: string;
  /** Origins whose pages may call the zone from elsewhere. None where left out: then only pages of its own host can. */
  readonly allowedOrigins?: readonly string[];
  /** How the zone is joined to its portal: whose tokens it believes, and where the directory is. */
  readonly portal: PortalOptions;
  /** The merchant's account at WeChat Pay (or at the sandbox), or a ready port: a test brings its own. */
  readonly payments: WechatV3Options | PaymentPort;
  /** The provider's fee, the day from which its bills are fetched by themselves, our accounts. 0.6 % and never where left out. */
  readonly bills?: Partial<BillsOptions>;
  /** Keys that seal the delivery addresses: `base64` or `keyId:base64` of 32 bytes, the current one first. */
  readonly addressKeys: readonly string[];
  /** Keeps the newest block's number and hash outside the database, so that a rewritten journal is noticed. */
  readonly headFile?: string;
  /** Where `packages/widgets` was built. The workspace's own where left out. */
  readonly widgetsFolder?: string;
  /** The sandbox provider's page where the buyer presses 支付. Never with a real provider. */
  readonly sandboxPayPage?: string;
  /** How long an unpaid order holds goods and yuan, milliseconds. 15 minutes where left out. */
  readonly holdMs?: number;
  /** From receipt to the end of the return window, milliseconds. Seven days where left out. */
  readonly returnWindowMs?: number;
  /** How long a payment is open before the provider is asked about it, milliseconds. 30 seconds where left out. */
  readonly askAfterMs?: number;
  /** How long journal entries gather before a block is sealed and projected, milliseconds. 200 where left out. */
  readonly gatherMs?: number;
  /** Writes that one person may make in a minute, in one process. 120 where left out. */
  readonly writesPerMinute?: number;
  /** Questions that one person may ask in a minute, in one process; ten times as many of those who are not signed in, by address. 1,200 where left out. */
  readonly readsPerMinute?: number;
  /** Origins whose pages may show the zone's own pages in a frame. None but the zone's own host where left out. */
  readonly frameAncestors?: readonly string[];
  /** GraphiQL and introspection. Never in production. */
  readonly dev?: boolean;
  /** This process only answers: other processes run the jobs and seal the blocks. */
  readonly answerOnly?: boolean;
  /** Where the zone logs; or only a level, for JSON lines on standard error. `info` where left out. */
  readonly log?: Logger | string;
  /** For tests: the time as the zone sees it. The machine's clock where left out. */
  readonly clock?: Clock;
  /** For tests: where ids come from. */
  readonly random?: RandomSource;
}

const positive = z.number().int().min(1).optional();

/** The shape of what a host hands over; the parts check their own insides. */
const zoneOptions = z.object({
  mongoUrl: z.string().regex(/^mongodb(\+srv)?:\/\//, 'a mongodb:// address'),
  dbName: z
    .string()
    .regex(/^[\w-]{1,60}$/, '1 to 60 letters, digits, - and _')
    .optional(),
  mount: z
    .string()
    .regex(/^(\/[\w.-]+)+$/, 'a path as /aixin, without a slash at the end')
    .optional(),
  publicUrl: z.url({ protocol: /^https?$/, error: 'an http(s) address' }).optional(),
  allowedOrigins: z.array(z.url({ protocol: /^https?$/, error: 'an http(s) origin' })).optional(),
  portal: z.object({
    issuer: z.url({ error: 'the iss of the portal’s tokens' }),
    jwksUrl: z.url({ error: 'an address' }),
    audience: z.string().min(1),
    zoneSessionSecret: z.string().min(32, 'at least 32 bytes'),
  }),
  payments: z.object({}),
  bills: z
    .object({
      feeBasisPoints: z.int().min(0).max(10_000).optional(),
      fetchFrom: z.iso.date().nullable().optional(),
      merchantIds: z.object({ WECHAT: z.string().nullable(), ALIPAY: z.string().nullable() }).optional(),
    })
    .optional(),
  addressKeys: z.array(z.string()).min(1, 'at least one key'),
  headFile: z.string().min(1).optional(),
  widgetsFolder: z.string().min(1).optional(),
  sandboxPayPage: z.url({ protocol: /^https?$/, error: 'an http(s) address' }).optional(),
  holdMs: positive,
  returnWindowMs: positive,
  askAfterMs: positive,
  gatherMs: positive,
  writesPerMinute: positive,
  readsPerMinute: positive,
  frameAncestors: z.array(z.url({ protocol: /^https?$/, error: 'an http(s) origin' })).optional(),
  dev: z.boolean().optional(),
  answerOnly: z.boolean().optional(),
});

/** Throws an error that names each wrong option and what it should be, never what it was. */
export function checkZoneOptions(options: ZoneOptions): void {
  const checked = zoneOptions.safeParse(options);
  if (checked.success) return;
  const faults = checked.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
  throw new Error(`createZone was given options that cannot work:\n${faults.join('\n')}`);
}
