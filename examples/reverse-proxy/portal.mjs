// A portal of any kind before a zone that is a process of its own (`node packages/api/dist/src/main.js`): whatever lies
// under /aixin goes there as it is. `ZONE_URL=http://127.0.0.1:4100 node examples/reverse-proxy/portal.mjs`; nginx.conf
// beside this file does the same for nginx.
import { createServer, request } from 'node:http';
import { pipeline } from 'node:stream/promises';

const PREFIX = '/aixin';
const zone = new URL(process.env.ZONE_URL ?? 'http://127.0.0.1:4100');

/** @type {import('node:http').RequestListener} */
const toZone = (incoming, outgoing) => {
  const upstream = request(zone, {
    method: incoming.method,
    // The prefix stays: the zone is told the same one (MOUNT), so that every address in its answers is right.
    path: incoming.url,
    headers: {
      ...incoming.headers,
      'x-forwarded-for': incoming.socket.remoteAddress ?? '',
      'x-forwarded-host': incoming.headers.host ?? '',
      'x-forwarded-proto': 'http',
    },
  });
  upstream.on('response', (answer) => {
    outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
    // Events are told as they come: nothing here gathers or compresses them.
    outgoing.flushHeaders();
    pipeline(answer, outgoing).catch(() => upstream.destroy());
  });
  upstream.on('error', () => {
    if (outgoing.headersSent) outgoing.destroy();
    else outgoing.writeHead(502, { 'content-type': 'text/plain; charset=utf-8' }).end('专区暂时打不开，请稍后再试。');
  });
  // A page that was closed must not keep a stream open in the zone.
  outgoing.on('close', () => upstream.destroy());
  incoming.pipe(upstream);
};

export const server = createServer((incoming, outgoing) => {
  const path = (incoming.url ?? '/').split('?', 1)[0] ?? '/';
  if (path === PREFIX || path.startsWith(`${PREFIX}/`)) toZone(incoming, outgoing);
  else outgoing.end('the portal itself');
});
server.listen(Number(process.env.PORT ?? 3000), '127.0.0.1');
export const stop = async () => {
  server.closeAllConnections();
  server.close();
};
process.once('SIGTERM', () => void stop());
