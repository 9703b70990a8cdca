import { collectDefaultMetrics, Registry } from 'prom-client';
import { slot } from './slot.js';

/** What this zone counts about itself. Read at `<mount>/metrics`. */
export const metrics = slot<Registry>('metrics', () => {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  return registry;
});
