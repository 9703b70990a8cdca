import { z } from 'zod';

/** A value that is not there and one that is empty are the same to a shell. */
const emptyIsAbsent = (value: unknown): unknown => (value === '' ? undefined : value);

const text = z.preprocess(emptyIsAbsent, z.string());
const optionalText = z.preprocess(emptyIsAbsent, z.string().optional());
const address = z.preprocess(emptyIsAbsent, z.url({ protocol: /^https?$/ }));
const optionalAddress = z.preprocess(emptyIsAbsent, z.url({ protocol: /^https?$/ }).optional());
const flag = z.preprocess(emptyIsAbsent, z.enum(['0', '1']).default('0')).transform((value) => value === '1');
const milliseconds = (usual: number) => z.preprocess(emptyIsAbsent, z.coerce.number().int().min(1).default(usual));

/** Every variable of the stand-alone server but the payment provider's (`AIXIN_WECHAT_…`, see features/payments). */
const environment = z.object({
  /** The replica set, `mongodb://…`. */
  MONGO_URL: z.preprocess(emptyIsAbsent, z.string().regex(/^mongodb(\+srv)?:\/\//)),
  DB_NAME: z.preprocess(
    emptyIsAbsent,
    z
      .string()
      .regex(/^[\w-]{1,60}$/)
      .default('aixin'),
  ),
  /** 0: any free port. */
  PORT: z.preprocess(emptyIsAbsent, z.coerce.number().int().min(0).max(65_535).default(4100)),
  HOST: z.preprocess(emptyIsAbsent, z.string().default('127.0.0.1')),
  /** Where the zone lies under its host: `/aixin`. */
  MOUNT: z.preprocess(
    emptyIsAbsent,
    z
      .string()
      .regex(/^(\/[\w.-]+)+$/)
      .default('/aixin'),
  ),
  /** Scheme, host and port as browsers see them; left out where the page's own are meant. */
  PUBLIC_URL: optionalAddress,
  /** Origins whose pages may call the zone, with commas between; none where the portal proxies it. */
  ALLOWED_ORIGINS: optionalText,
  PORTAL_ISSUER: address,
  PORTAL_JWKS_URL: address,
  PORTAL_AUDIENCE: text,
  PORTAL_DIRECTORY_URL: optionalAddress,
  PORTAL_TOKEN_URL: optionalAddress,
  PORTAL_CLIENT_ID: optionalText,
  PORTAL_CLIENT_SECRET: optionalText,
  /** Signs the zone's own sessions; 32 bytes or more, the same in every process. */
  ZONE_SESSION_SECRET: z.preprocess(emptyIsAbsent, z.string().min(32)),
  /** `base64` or `keyId:base64` of 32 bytes; older keys behind it, with commas between. */
  ADDRESS_KEY: text,
  /** A file outside the database that keeps the newest block's number and hash, a line each. */
  HEAD_FILE: optionalText,
  /** Where the widgets were built; the workspace's own where left out. */
  WIDGETS_FOLDER: optionalText,
  /** The sandbox provider's page where the buyer presses 支付; never set with a real one. */
  SANDBOX_PAY_PAGE: optionalAddress,
  HOLD_MS: milliseconds(15 * 60_000),
  RETURN_WINDOW_MS: milliseconds(7 * 24 * 3_600_000),
  ASK_AFTER_MS: milliseconds(30_000),
  GATHER_MS: milliseconds(200),
  WRITES_PER_MINUTE: z.preprocess(emptyIsAbsent, z.coerce.number().int().min(1).default(120)),
  READS_PER_MINUTE: z.preprocess(emptyIsAbsent, z.coerce.number().int().min(1).default(1_200)),
  /** Origins whose pages may show the zone's in a frame, with commas between; none but its own host where left out. */
  FRAME_ANCESTORS: optionalText,
  /** How many proxies stand before the server, each of which adds to `X-Forwarded-For`. 0: the header is not believed. */
  TRUST_PROXY: z.preprocess(emptyIsAbsent, z.coerce.number().int().min(0).max(10).default(0)),
  /** How long a request may take to come in: the largest upload over a slow line. */
  REQUEST_TIMEOUT_MS: milliseconds(2 * 3_600_000),
  /** How long an idle connection stays open: longer than the balancer before it keeps its own, mostly 60 s. */
  KEEP_ALIVE_MS: milliseconds(75_000),
  /** The payment provider's fee in hundredths of a percent. */
  PAYMENT_FEE_BASIS_POINTS: z.preprocess(emptyIsAbsent, z.coerce.number().int().min(0).max(10_000).default(60)),
  /** The provider's bills are fetched from this day on, `2026-11-22`; left out: only by hand. */
  BILLS_FROM: z.preprocess(emptyIsAbsent, z.iso.date().optional()),
  /** The first 16 digits of our account at Alipay, `2088…`: a bill of another account is refused. */
  ALIPAY_ACCOUNT: z.preprocess(
    emptyIsAbsent,
    z
      .string()
      .regex(/^2088\d{12}$/, '16 digits that begin with 2088')
      .optional(),
  ),
  LOG_LEVEL: z.preprocess(
    emptyIsAbsent,
    z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']).default('info'),
  ),
  /** 1: GraphiQL and introspection. Never in production. */
  DEV: flag,
  /** 1: this process runs no jobs and seals no blocks; it only answers. */
  ANSWER_ONLY: flag,
  /** 1: stop when the process that started this one is gone. */
  AIXIN_STOP_WITH_PARENT: flag,
});

export type Config = z.infer<typeof environment>;

/**
 * The environment, checked once. Throws an error that names every variable with a bad value, and what it should be; never
 * the value, as some are secrets.
 */
export function readConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const parsed = environment.safeParse(env);
  if (parsed.success) return parsed.data;
  throw new Error(parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${explain(issue)}`).join('\n'));
}

/** The library's words quote no input, but for a list of allowed values that is ours. */
function explain(issue: z.core.$ZodIssue): string {
  if (issue.code === 'invalid_type') return 'is missing';
  if (issue.code === 'too_small') return `is too small (at least ${String(issue.minimum)})`;
  if (issue.code === 'too_big') return `is too big (at most ${String(issue.maximum)})`;
  if (issue.code === 'invalid_value') return `must be one of ${issue.values.join(', ')}`;
  return 'has the wrong form';
}
