/**
 * The kit: what all pages and elements are made of. Look (`tokens`, `baseStyles`), parts (template functions that need
 * `baseStyles`), text of figures and dates, and the contract of a page (`page.ts`, read its head first).
 */
export { baseStyles } from './base.js';
export { clock, day, dayText, fullDate, monthText, when } from './dates.js';
export { icon, type IconName } from './icons.js';
export { bigCount, bigYuan, count, money, shortMoney, yuan } from './money.js';
export { definePage, taskOf, TaskStatus, ZonePage, type Route, type ZoneHandle } from './page.js';
export { emptyState, loadMore, price, skeleton, stats, table, tag, way, type Column, type Stat } from './parts.js';
export { stepper } from './stepper.js';
export { problemView } from './problem-view.js';
