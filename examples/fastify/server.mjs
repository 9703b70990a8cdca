// A portal on Fastify with the zone inside it: `node examples/fastify/server.mjs`, variables as in ../zone-options.mjs.
import { createZone } from '@aixin/api';
import fastify from 'fastify';
import { zoneOptions } from '../zone-options.mjs';

const zone = createZone(zoneOptions(process.env));
await zone.start();

const portal = fastify();
// A plugin has parsers of its own: below the mount nothing reads the body but the zone.
await portal.register(async (below) => {
  below.removeAllContentTypeParsers();
  below.addContentTypeParser('*', (_request, _payload, done) => done(null));
  below.all('/aixin/*', (request, reply) => {
    // From here on the answer is the zone's: Fastify adds nothing and waits for nothing.
    reply.hijack();
    zone.handler(request.raw, reply.raw);
  });
});
portal.get('/', async () => 'the portal itself');
await portal.listen({ port: Number(process.env.PORT ?? 3000), host: '127.0.0.1' });

export const { server } = portal;
export const stop = async () => {
  await zone.stop();
  await portal.close();
};
process.once('SIGTERM', () => void stop());
