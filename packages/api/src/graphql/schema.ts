import type { GraphQLSchema } from 'graphql';
import { builder } from './builder.js';
import './node.graphql.js';
import './refusal.graphql.js';
import '../features/portal/portal.graphql.js';
import '../features/addresses/addresses.graphql.js';

/** The whole contract. Each feature adds its own nouns to the builder when its file is read. */
export const schema: GraphQLSchema = builder.toSchema();
