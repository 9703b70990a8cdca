import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { parentPort } from 'node:worker_threads';
import { createSchema, createYoga } from 'graphql-yoga';
import Koa from 'koa';

/** koa and yoga with nothing behind them: one field, one constant. */
const yoga = createYoga<Koa.ParameterizedContext>({
  schema: createSchema({
    typeDefs: 'type Query { constant: String! }',
    resolvers: { Query: { constant: () => 'constant' } },
  }),
  logging: false,
});
const app = new Koa();
app.use(async (ctx) => {
  const answer = await yoga.handleNodeRequestAndResponse(ctx.req, ctx.res, ctx);
  ctx.status = answer.status;
  answer.headers.forEach((value, name) => ctx.append(name, value));
  ctx.body = Buffer.from(await answer.arrayBuffer());
});
const callback = app.callback();
const server = createServer((request, response) => void callback(request, response));
server.listen(0, '127.0.0.1', () => parentPort?.postMessage({ port: (server.address() as AddressInfo).port }));
