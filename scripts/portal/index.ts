/** The demo portal: people, organisations, sign-in and pages that a real portal would have. A process of its own. */
export { DEFAULT_SUPPLIER_ID, type PortalStartOptions, type RunningPortal, startPortal } from './start-portal.js';
