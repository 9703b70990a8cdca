import { readFileSync } from 'node:fs';
import { buildSchema, type GraphQLSchema } from 'graphql';

/** The committed schema that the widgets are typed against: every answer of the fake server passes through it. */
export const schemaFile = new URL('../../api/schema.graphql', import.meta.url);

export const loadSchema = (): GraphQLSchema => buildSchema(readFileSync(schemaFile, 'utf8'));
