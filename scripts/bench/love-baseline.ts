import { createRemoteJWKSet, jwtVerify } from 'jose';
import { createSchema, createYoga } from 'graphql-yoga';
import Koa from 'koa';
import mongoose, { Schema } from 'mongoose';

export interface BaselineOptions {
  readonly mongoUrl: string;
  readonly dbName: string;
  readonly jwksUrl: string;
  readonly issuer: string;
  readonly audience: string;
}

interface Row {
  readonly _id: string;
  readonly [field: string]: unknown;
}

const typeDefs = /* GraphQL */ `
  type Query {
    me: Member
  }
  type Member {
    id: ID!
    displayName: String!
    organisation: Organisation
    love: Love!
    helpRecords(first: Int!): Records!
  }
  type Organisation {
    id: ID!
    name: String!
  }
  type Love {
    recordCount: Int!
    pointsBalance: Int!
    matchedFen: Int!
    purchaseCount: Int!
  }
  type Records {
    totalCount: Int!
    pageInfo: PageInfo!
    edges: [RecordEdge!]!
  }
  type PageInfo {
    hasNextPage: Boolean!
    endCursor: String
  }
  type RecordEdge {
    node: Record!
  }
  type Record {
    id: ID!
    kind: String!
    title: String!
    at: String!
    organisationName: String!
    points: Int!
    matchedFen: Int!
    purchaseFen: Int
    withdrawn: Boolean!
    order: Order
  }
  type Order {
    id: ID!
  }
`;

/**
 * The my-love page as one would write it first: koa, yoga, mongoose with lean, a query where a field needs one, on the
 * same database and the same indexes. It checks the same token, and leaves out all else that the zone does.
 */
export async function loveBaseline(options: BaselineOptions): Promise<Koa> {
  const db = await mongoose
    .createConnection(options.mongoUrl, { dbName: options.dbName, autoIndex: false, autoCreate: false })
    .asPromise();
  const model = (collection: string): mongoose.Model<Row> =>
    db.model<Row>(collection, new Schema<Row>({ _id: String }, { strict: false, collection }) as never);
  const yoga = createYoga<{ authorization: string }>({
    schema: createSchema({ typeDefs, resolvers: resolvers(options, model) }),
    graphqlEndpoint: '/graphql',
    logging: false,
  });
  const app = new Koa();
  app.use(async (ctx) => {
    const response = await yoga.handleNodeRequestAndResponse(ctx.req, ctx.res, {
      authorization: ctx.get('authorization'),
    });
    ctx.status = response.status;
    for (const [name, value] of response.headers) ctx.append(name, value);
    ctx.body = Buffer.from(await response.arrayBuffer());
  });
  return app;
}

function resolvers(options: BaselineOptions, model: (collection: string) => mongoose.Model<Row>) {
  const members = model('members');
  const organisations = model('organisations');
  const records = model('helpRecords');
  const journal = model('journal');
  const orders = model('orders');
  const keys = createRemoteJWKSet(new URL(options.jwksUrl));
  const { issuer, audience } = options;
  return {
    Query: {
      me: async (_root: unknown, _args: unknown, { authorization }: { authorization: string }) => {
        const { payload } = await jwtVerify(authorization.slice('Bearer '.length), keys, { issuer, audience });
        return members.findById(payload.sub).lean();
      },
    },
    Member: {
      id: (member: Row) => member._id,
      organisation: (member: Row) => {
        const [membership] = member.memberships as { organisationId: string }[];
        return organisations.findById(membership?.organisationId).lean();
      },
      love: async (member: Row) => {
        const last = await journal.findOne({ memberId: member._id }).sort({ seq: -1 }).lean();
        return (last as Row).after;
      },
      helpRecords: async (member: Row, { first }: { first: number }) => {
        const filter = { memberId: member._id };
        const found = await records
          .find(filter)
          .sort({ at: -1, _id: -1 })
          .limit(first + 1)
          .lean();
        const shown = found.slice(0, first);
        return {
          totalCount: () => records.countDocuments(filter),
          pageInfo: { hasNextPage: found.length > first, endCursor: String(shown.at(-1)?._id) },
          edges: shown.map((node) => ({ node })),
        };
      },
    },
    Organisation: { id: (organisation: Row) => organisation._id },
    Record: {
      id: (record: Row) => record._id,
      at: (record: Row) => (record.at as Date).toISOString(),
      title: async (record: Row) => {
        const order = (await orders.findById(record.orderId).lean()) as Row;
        return `购买${(order.lines as { title: string }[])[0]?.title ?? ''}`;
      },
      organisationName: async (record: Row) => (await organisations.findById(record.organisationId).lean())?.name,
      order: (record: Row) => orders.findById(record.orderId).lean(),
    },
    Order: { id: (order: Row) => order._id },
  };
}
