import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import {
  getNullableType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
  isUnionType,
  lexicographicSortSchema,
  printSchema,
} from 'graphql';
import { schema } from './schema.js';

const committed = readFileSync(new URL('../../schema.graphql', import.meta.url), 'utf8');
const types = Object.values(schema.getTypeMap()).filter((type) => !type.name.startsWith('__'));

describe('the contract', () => {
  it('is the committed one', () => {
    expect(`${printSchema(lexicographicSortSchema(schema))}\n`).toBe(committed);
  });

  it('explains every type, field, argument and input', () => {
    const silent: string[] = [];
    for (const type of types) {
      if (!type.description) silent.push(type.name);
      if (!isObjectType(type) && !isInterfaceType(type) && !isInputObjectType(type)) continue;
      for (const field of Object.values(type.getFields())) {
        if (!field.description) silent.push(`${type.name}.${field.name}`);
        for (const arg of 'args' in field ? field.args : []) {
          if (!arg.description) silent.push(`${type.name}.${field.name}(${arg.name})`);
        }
      }
    }
    expect(silent.filter((name) => !['Boolean', 'Int', 'String', 'ID', 'Float'].includes(name))).toEqual([]);
  });

  it('gives every mutation a refusal to answer with', () => {
    const fields = Object.values(schema.getMutationType()?.getFields() ?? {});
    const unable = fields.filter(({ type }) => {
      const result = getNullableType(type);
      return !isUnionType(result) || !result.getTypes().some(({ name }) => name === 'Refusal');
    });
    expect(fields.length).toBeGreaterThan(30);
    expect(unable.map(({ name }) => name)).toEqual([]);
  });

  it('has no field by which a secretary could come to a basket, or the fund to a buyer', () => {
    const reachable = (start: string): Set<string> => {
      const found = new Set<string>();
      const visit = (name: string): void => {
        const type = schema.getType(name);
        if (found.has(name) || !isObjectType(type)) return;
        found.add(name);
        for (const field of Object.values(type.getFields())) visit(String(field.type).replace(/[[\]!]/g, ''));
      };
      visit(start);
      return found;
    };
    for (const forbidden of ['Order', 'OrderLine', 'Parcel', 'HelpRecord', 'Product', 'Address']) {
      expect(reachable('Branch')).not.toContain(forbidden);
    }
    for (const forbidden of ['Order', 'Member', 'Address', 'HelpRecord', 'BranchRecord']) {
      expect(reachable('FundView')).not.toContain(forbidden);
    }
  });
});
