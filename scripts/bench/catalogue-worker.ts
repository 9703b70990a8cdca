import { type RequestListener, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { parentPort, workerData } from 'node:worker_threads';
import { createZone, type PaymentPort, type PortalOptions } from '@aixin/api';
import Koa from 'koa';
import { type BaselineOptions, loveBaseline } from './love-baseline.js';

/** What one thread serves: each server has a thread, so that no side pays for the other or for the client. */
export type WorkerTask =
  | { readonly serve: 'zone'; readonly mongoUrl: string; readonly dbName: string; readonly portal: PortalOptions }
  | { readonly serve: 'bytes'; readonly body: Uint8Array }
  | ({ readonly serve: 'love' } & BaselineOptions);

const task = workerData as WorkerTask;
const server = createServer(await listener(task));
// A side's sockets rest while the other side is measured; node would close them after five seconds.
server.keepAliveTimeout = 300_000;
server.listen(0, '127.0.0.1', () => parentPort?.postMessage({ port: (server.address() as AddressInfo).port }));

async function listener(one: WorkerTask): Promise<RequestListener> {
  if (one.serve === 'zone') return serveZone(one);
  if (one.serve === 'love') return callbackOf(await loveBaseline(one));
  const body = Buffer.from(one.body);
  return (request, response) => {
    request.resume();
    response.writeHead(200, { 'content-type': 'application/json; charset=utf-8', 'content-length': body.length });
    response.end(body);
  };
}

async function serveZone(one: Extract<WorkerTask, { serve: 'zone' }>): Promise<RequestListener> {
  const { mongoUrl, dbName, portal } = one;
  const addressKeys = [Buffer.alloc(32, 1).toString('base64')];
  // The bench asks as ten thousand persons would, from one address.
  const readsPerMinute = Number.MAX_SAFE_INTEGER;
  const zone = createZone({
    mongoUrl,
    dbName,
    portal,
    addressKeys,
    payments: noPayments(),
    log: 'error',
    readsPerMinute,
  });
  await zone.start();
  const app = new Koa();
  app.use(zone.middleware);
  return callbackOf(app);
}

function callbackOf(app: Koa): RequestListener {
  const callback = app.callback();
  return (request, response) => void callback(request, response);
}

/** Nothing is paid here; a call would be a mistake of the benchmark. */
function noPayments(): PaymentPort {
  const refuse = (): never => {
    throw new Error('the catalogue benchmark pays nothing');
  };
  return {
    provider: 'wechat-v3',
    prepay: refuse,
    query: refuse,
    close: refuse,
    refund: refuse,
    queryRefund: refuse,
    downloadBill: refuse,
    readNotice: refuse,
    stop: () => undefined,
  };
}
