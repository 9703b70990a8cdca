// A portal on Express with the zone inside it: `node examples/express/server.mjs`, variables as in ../zone-options.mjs.
import { createZone } from '@aixin/api';
import express from 'express';
import { zoneOptions } from '../zone-options.mjs';

const zone = createZone(zoneOptions(process.env));
await zone.start();

const portal = express();
// The buyer's address comes from the proxy on this machine, and from no other.
portal.set('trust proxy', 'loopback');
// Before every body parser: payment notices are signed over their bytes, and files come as streams.
portal.use(zone.handler);
portal.use(express.json());
portal.get('/', (_request, response) => {
  response.send('the portal itself');
});

export const server = portal.listen(Number(process.env.PORT ?? 3000), '127.0.0.1');
export const stop = async () => {
  server.close();
  server.closeIdleConnections();
  await zone.stop();
};
process.once('SIGTERM', () => void stop());
