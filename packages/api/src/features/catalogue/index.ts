/**
 * Catalogue: owns what is on the shelf (products, counties, categories, suppliers, stories, pictures) and keeps all of it
 * in this process's memory, following every change.
 *
 * It never holds or sells anything: it shows what stock and agreements say is left, and placement decides. It knows no
 * member, so everything it gives may be shown to anyone within the portal.
 */
export { type Catalogue, catalogue } from './catalogue.js';
export { matchUnitText, picturePath, pricePer500gFen, returnRuleText, unitPriceText } from './catalogue.rules.js';
export { categoryStore, countyStore, isCounty, productStore, storyStore, supplierStore } from './catalogue.store.js';
export type {
  CatalogueCategory,
  CatalogueCounty,
  CatalogueProduct,
  CatalogueSupplier,
  Category,
  Certificate,
  CertificateKind,
  CharityItem,
  County,
  PictureFacts,
  Product,
  ProductSort,
  ReturnKind,
  Story,
  Supplier,
} from './catalogue.types.js';
export type { ProductPage, ProductQuery } from './lists.js';
export { type Picture, pictureStore, readPicture } from './pictures.store.js';
export { pinyinOf } from './pinyin.js';
