import type { GraphQLSchema } from 'graphql';
import { builder } from './builder.js';
import './node.graphql.js';
import './refusal.graphql.js';
import '../features/portal/portal.graphql.js';
import '../features/files/files.graphql.js';
import '../features/agreements/agreements.graphql.js';
import '../features/agreements/agreement-commands.graphql.js';
import '../features/catalogue/catalogue.graphql.js';
import '../features/addresses/addresses.graphql.js';
import '../features/orders/orders.graphql.js';
import '../features/orders/order-commands.graphql.js';
import '../features/orders/order-lists.graphql.js';
import '../features/orders/refunds.graphql.js';
import '../features/sales/sales.graphql.js';
import '../features/records/records.graphql.js';
import '../features/records/branch.graphql.js';
import '../features/points/points.graphql.js';
import '../features/batches/remittances.graphql.js';
import '../features/batches/batches.graphql.js';
import '../features/charity/charity.graphql.js';
import '../features/charity/fund.graphql.js';
import '../features/batches/ageing.graphql.js';
import '../features/proof/proof.graphql.js';
import '../features/love/love.graphql.js';

/** The whole contract. Each feature adds its own nouns to the builder when its file is read. */
export const schema: GraphQLSchema = builder.toSchema();
