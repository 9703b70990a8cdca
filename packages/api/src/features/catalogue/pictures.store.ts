import { Schema } from 'mongoose';
import type { Base } from '../../kernel/context.js';
import { defineStore } from '../../kernel/store.js';

/** A picture of a product or a story, under that one's id: an SVG without scripts and without outside references. */
export interface Picture {
  readonly _id: string;
  readonly svg: string;
  /** SHA-256 of the SVG in hex. Its first eight characters are the `version` in the product's picture facts. */
  readonly etag: string;
}

export const pictureStore = defineStore<Picture>(
  'pictures',
  new Schema({
    _id: { type: String, required: true },
    svg: { type: String, required: true },
    etag: { type: String, required: true },
  }),
);

export async function readPicture(base: Base, id: string): Promise<Picture | null> {
  return pictureStore.model(base).findById(id).lean<Picture | null>();
}
