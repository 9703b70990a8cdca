import { existsSync, readFileSync } from 'node:fs';
import { buildSchema, type GraphQLSchema } from 'graphql';

const committed = new URL('../../api/schema.graphql', import.meta.url);
const contract = new URL('../contract.graphql', import.meta.url);

/** The schema that the widgets are typed against: every answer of the fake server passes through it. */
export const schemaFile = existsSync(committed) ? committed : contract;

export const loadSchema = (): GraphQLSchema => buildSchema(readFileSync(schemaFile, 'utf8'));
