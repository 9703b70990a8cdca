import { Agent, type IncomingMessage, request, type ServerResponse } from 'node:http';

/** Headers of one connection, not of the request (RFC 9110, 7.6.1). */
const HOP_BY_HOP = new Set([
  'connection',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

/**
 * An idle connection is given up before the zone gives it up (Node's servers do after 5 s): a request on a connection
 * that is just being closed would fail. Connections in use, live subscriptions among them, are not touched by it.
 */
const IDLE_MS = 2_000;
const MOST_CONNECTIONS = 4_096;

export interface ZoneProxy {
  /** Takes the request to the zone and streams the answer back, as it comes. */
  (incoming: IncomingMessage, outgoing: ServerResponse): void;
  close(): void;
}

/**
 * `<prefix>/x` of the portal is `<zoneUrl>/x`: the page and the zone share an origin, so that no CORS is needed. The
 * portal's cookies stay with the portal: the zone knows people by their bearer token alone.
 */
export function createZoneProxy(options: { readonly zoneUrl: string; readonly prefix: string }): ZoneProxy {
  const target = new URL(options.zoneUrl);
  const base = target.pathname.replace(/\/$/, '');
  const agent = new Agent({ keepAlive: true, timeout: IDLE_MS, maxSockets: MOST_CONNECTIONS });
  const proxy = (incoming: IncomingMessage, outgoing: ServerResponse): void => {
    const path = base + (incoming.url ?? '').slice(options.prefix.length);
    const upstream = request({
      agent,
      hostname: target.hostname,
      port: target.port,
      method: incoming.method,
      path: path.startsWith('/') ? path : `/${path}`,
      headers: forwarded(incoming, target.host),
    });
    upstream.on('response', (response) => relay(response, outgoing));
    upstream.on('error', () => fail(outgoing));
    // A reader who leaves (a live subscription, above all) must not keep the zone writing.
    outgoing.on('close', () => upstream.destroy());
    incoming.pipe(upstream);
  };
  return Object.assign(proxy, { close: () => agent.destroy() });
}

function forwarded(incoming: IncomingMessage, host: string): Record<string, string | string[]> {
  const headers: Record<string, string | string[]> = {};
  for (const [name, value] of Object.entries(incoming.headers)) {
    if (value !== undefined && !HOP_BY_HOP.has(name) && name !== 'cookie') headers[name] = value;
  }
  return {
    ...headers,
    host,
    'x-forwarded-for': incoming.socket.remoteAddress ?? '',
    'x-forwarded-host': incoming.headers.host ?? '',
    'x-forwarded-proto': 'http',
  };
}

function relay(response: IncomingMessage, outgoing: ServerResponse): void {
  const headers = Object.entries(response.headers).filter(([name]) => !HOP_BY_HOP.has(name));
  outgoing.writeHead(response.statusCode ?? 502, Object.fromEntries(headers));
  // The headers go out before the first event of a stream comes, so that the page knows it is connected.
  outgoing.flushHeaders();
  response.pipe(outgoing);
  response.on('error', () => outgoing.destroy());
}

function fail(outgoing: ServerResponse): void {
  if (outgoing.headersSent) {
    outgoing.destroy();
    return;
  }
  outgoing.writeHead(502, { 'content-type': 'application/json; charset=utf-8' });
  outgoing.end(JSON.stringify({ code: 'ZONE_UNREACHABLE', message: '专区暂时打不开，请稍后再试。' }));
}
