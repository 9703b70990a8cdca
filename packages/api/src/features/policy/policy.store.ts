import { Schema } from 'mongoose';
import type { Base } from '../../kernel/context.js';
import { defineStore } from '../../kernel/store.js';

/** The points policy as data (rule 4): one document, whose JSON holds all versions with their effective dates. */
export interface PolicyDocument {
  readonly _id: 'points';
  /** As `parsePolicy` of the points engine takes it. */
  readonly policy: object;
}

export const policyStore = defineStore<PolicyDocument>(
  'policies',
  new Schema({ _id: { type: String, required: true }, policy: { type: Schema.Types.Mixed, required: true } }),
);

export async function readPolicy(base: Base): Promise<unknown> {
  const document = await policyStore.model(base).findById('points').lean<PolicyDocument | null>();
  return document?.policy ?? null;
}
