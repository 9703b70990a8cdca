/**
 * The kit: what all pages and elements are made of. Look (`tokens`, `baseStyles`), parts (template functions that need
 * `baseStyles`), text of figures and dates, and the contract of a page (`page.ts`, read its head first).
 */
export { baseStyles } from './base.js';
export { clock, dayText, when } from './dates.js';
export { bigCount, bigYuan, money } from './money.js';
export { definePage, taskOf, TaskStatus, ZonePage, type Route, type ZoneHandle } from './page.js';
export { dotted, emptyState, loadMore, price, skeleton, stats, tag } from './parts.js';
export { stepper } from './stepper.js';
