import { setTimeout as pause } from 'node:timers/promises';
import type { Middleware } from 'koa';
import { addressKeys, createAddressKeys } from './features/addresses/index.js';
import { agreementFileReader } from './features/agreements/index.js';
import { accountForRemittances, bankJobs, spendPort } from './features/bank/index.js';
import { payToPort } from './features/batches/index.js';
import { billedRefunds, billJobs, billsOptions, strayReads } from './features/bills/index.js';
import { catalogue } from './features/catalogue/index.js';
import { disclosureJobs, disclosureMetrics } from './features/disclosure/index.js';
import { fileJobs, fileReaders } from './features/files/index.js';
import { pipeline, pipelineOptions } from './features/journal/index.js';
import { orderChanges, ordersOptions, placementQueue } from './features/orders/index.js';
import {
  createWechatV3,
  type PaymentPort,
  paymentPort,
  tellRefusals,
  type WechatV3Options,
} from './features/payments/index.js';
import { loadPolicy } from './features/policy/index.js';
import { importDirectory, portalOptions } from './features/portal/index.js';
import {
  noteBilledRefunds,
  readStraysBetween,
  readStraysOfPayments,
  settlementJobs,
  settlementOptions,
  settlementQueue,
} from './features/settlement/index.js';
import { fundSpends } from './features/projects/index.js';
import { receiptFileReader } from './features/receipts/index.js';
import { rateOptions } from './graphql/rate-limit-plugin.js';
import { type NodeHandler, nodeHandler } from './http/node-handler.js';
import { notReady, routes } from './http/routes.js';
import { systemClock } from './kernel/clock.js';
import { type Base, type Context, systemContext } from './kernel/context.js';
import { guardHeaders, underGuard } from './http/guard-headers.js';
import { createConnection, openConnection } from './kernel/database.js';
import { writeHeadFile } from './kernel/head-file.js';
import { systemRandom } from './kernel/ids.js';
import { createJobs, type Job } from './kernel/jobs.js';
import { createLogger } from './kernel/logging.js';
import { readOptions } from './kernel/read-limit.js';
import { isRefusal } from './kernel/refusal.js';
import { ensureCollections } from './kernel/store.js';
import { projections } from './projections.js';
import { checkZoneOptions, type ZoneOptions } from './zone.options.js';

/** One zone in one process: what a portal mounts. */
export interface Zone {
  /** Answers everything under the mount; any other request goes on to what the host mounted behind it. */
  readonly middleware: Middleware;
  /** The same for a host that is not Koa, as `(request, response, next?)` of Node, Express, Connect. */
  readonly handler: NodeHandler;
  /** Connects, makes what is missing in the database, loads the shelf, starts the jobs. Rejects when it cannot serve. */
  start(): Promise<void>;
  /** Ends streams and jobs, lets what was begun finish, closes its connections. */
  stop(): Promise<void>;
  /** True from the end of `start()` to the beginning of `stop()`. */
  readonly ready: boolean;
  /** The zone's inside, for scripts and tests that work beside it in one process. */
  readonly base: Base;
}

/** Short enough that a buyer's page finds its purchase counted, long enough that a rush shares its blocks. */
const USUAL_GATHER_MS = 200;
const DAY_MS = 24 * 3_600_000;
/** A request that still runs after this long is left behind: its write is idempotent and its client asks again. */
const LONGEST_DRAIN_MS = 5_000;

/** Makes a zone. Throws an error that names every option that cannot work; nothing is opened before `start()`. */
export function createZone(options: ZoneOptions): Zone {
  checkZoneOptions(options);
  const stopping = new AbortController();
  const base: Base = {
    db: createConnection(),
    clock: options.clock ?? systemClock,
    random: options.random ?? systemRandom,
    log: typeof options.log === 'object' ? options.log : createLogger({ level: options.log ?? 'info' }),
    stopping: stopping.signal,
  };
  fillSlots(base, options);
  const mount = options.mount ?? '/aixin';
  const guards = guardHeaders(options.frameAncestors ?? []);
  const jobs = createJobs(base, jobsOf(options));
  let ready = false;
  let running = 0;
  let serve: Middleware | null = null;
  const middleware: Middleware = async (ctx, next) => {
    if (ctx.path !== mount && !ctx.path.startsWith(`${mount}/`)) {
      await next();
      return;
    }
    await underGuard(ctx, guards, async () => {
      if (!serve) return notReady(ctx);
      running += 1;
      try {
        await serve(ctx, next);
      } finally {
        running -= 1;
      }
    });
  };

  return {
    base,
    get ready() {
      return ready;
    },
    middleware,
    handler: nodeHandler(middleware, { mount, log: base.log }),
    async start() {
      await openConnection(base.db, { mongoUrl: options.mongoUrl, dbName: options.dbName ?? 'aixin' });
      await ensureCollections(base.db);
      await loadPolicy(base);
      await catalogue(base).start();
      orderChanges(base).start();
      if (!options.answerOnly) {
        pipeline(base).start();
        jobs.start();
      }
      // In the background: a provider that does not answer, or says no, must not keep members from the shelf.
      void checkPayments(base);
      serve = await routes(base, { ...options, mount }, () => ready);
      ready = true;
    },
    async stop() {
      ready = false;
      stopping.abort();
      await jobs.stop();
      await pipeline(base).stop();
      await orderChanges(base).stop();
      for (let waitedMs = 0; running > 0 && waitedMs < LONGEST_DRAIN_MS; waitedMs += 20) await pause(20);
      serve = null;
      await Promise.all([placementQueue(base).drain(), settlementQueue(base).drain()]);
      await catalogue(base).stop();
      paymentPort(base).stop();
      await base.db.close();
    },
  };
}

/** A wrong number, serial or key of ours is in the log before the first buyer meets it. */
async function checkPayments(base: Base): Promise<void> {
  try {
    const refused = await paymentPort(base).check?.();
    if (refused) base.log.warn({ code: refused.code }, 'the payment settings did not pass their check at the start');
  } catch (error) {
    base.log.error({ err: error }, 'the payment settings could not be checked');
  }
}

/** What the features ask their slots for. Two zones in one process share none of it. */
function fillSlots(base: Base, options: ZoneOptions): void {
  const { payments, headFile } = options;
  portalOptions.fill(base, options.portal);
  disclosureMetrics(base);
  addressKeys.fill(base, createAddressKeys(options.addressKeys));
  paymentPort.fill(base, tellRefusals(isPort(payments) ? payments : createWechatV3(payments), base.log));
  fileReaders.fill(base, [agreementFileReader, receiptFileReader]);
  spendPort.fill(base, fundSpends);
  payToPort.fill(base, accountForRemittances);
  if (options.writesPerMinute !== undefined) rateOptions.fill(base, { writesPerMinute: options.writesPerMinute });
  if (options.readsPerMinute !== undefined) readOptions.fill(base, { readsPerMinute: options.readsPerMinute });
  if (options.askAfterMs !== undefined) settlementOptions.fill(base, { askAfterMs: options.askAfterMs });
  billedRefunds.fill(base, { note: (found) => noteBilledRefunds(systemContext(base, 'bills'), found) });
  strayReads.fill(base, { ofPayments: readStraysOfPayments, between: readStraysBetween });
  const ourBills = { ...billsOptions(base), ...options.bills };
  // The merchant that buyers pay is the one whose bills are held against our books; a test's own port names none.
  const ofPayments = isPort(payments) ? {} : { WECHAT: payments.mchid };
  billsOptions.fill(base, { ...ourBills, merchantIds: { ...ourBills.merchantIds, ...ofPayments } });
  const usual = ordersOptions(base);
  ordersOptions.fill(base, {
    holdMs: options.holdMs ?? usual.holdMs,
    returnWindowMs: options.returnWindowMs ?? usual.returnWindowMs,
  });
  pipelineOptions.fill(base, {
    projections,
    keepHead: headFile === undefined ? () => Promise.resolve() : (head) => writeHeadFile(headFile, head),
    gatherMs: options.gatherMs ?? USUAL_GATHER_MS,
  });
}

function isPort(payments: PaymentPort | WechatV3Options): payments is PaymentPort {
  return 'readNotice' in payments;
}

function jobsOf(options: ZoneOptions): Job[] {
  const settling = settlementJobs.map(({ name, everyMs, run }) => ({
    name,
    everyMs,
    run: async (ctx: Context) => {
      await run(ctx);
    },
  }));
  const jobs: Job[] = [...settling, ...fileJobs, ...disclosureJobs, ...billJobs, ...bankJobs];
  if (options.portal.directoryUrl === undefined) return jobs;
  const importing: Job = {
    name: 'import-directory',
    everyMs: DAY_MS,
    run: async (ctx) => {
      const imported = await importDirectory(ctx);
      if (isRefusal(imported)) throw new Error(`the directory was not imported: ${imported.code}`);
    },
  };
  return [...jobs, importing];
}
