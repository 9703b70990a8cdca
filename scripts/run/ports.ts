import { type AddressInfo, createServer } from 'node:net';

/** How far from the wanted port another one is looked for. */
const MAX_TRIES = 50;

/** The wanted port, or the next free one after it (0: any); `onTaken` is told of each that was not free. */
export async function freePort(wanted: number, onTaken: (port: number) => void): Promise<number> {
  if (wanted === 0) return anyPort();
  for (let port = wanted; port < wanted + MAX_TRIES; port += 1) {
    if (await isFree(port)) return port;
    onTaken(port);
  }
  throw new Error(`no port from ${wanted} to ${wanted + MAX_TRIES - 1} is free`);
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)));
  });
}

function anyPort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => resolve(port));
    });
  });
}
