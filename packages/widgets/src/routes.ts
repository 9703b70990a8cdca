import type { PageName } from './page-names.js';

/** The pages of the zone: which path below the base path shows which element. The one place that knows all pages. */
export interface RouteDefinition {
  /** Segments with `:name` for parameters. */
  readonly path: string;
  readonly tag: string;
  readonly load: () => Promise<unknown>;
  /** Which tab of the navigation stands for it. */
  readonly tab: 'shop' | 'cart' | 'love' | 'orders';
}

export const routes: Readonly<Record<PageName, RouteDefinition>> = {
  home: { path: '', tag: 'aixin-page-home', load: () => import('./pages/home/home.js'), tab: 'shop' },
  list: { path: 'products', tag: 'aixin-page-list', load: () => import('./pages/list/list.js'), tab: 'shop' },
  product: {
    path: 'products/:id',
    tag: 'aixin-page-product',
    load: () => import('./pages/product/product.js'),
    tab: 'shop',
  },
  cart: { path: 'cart', tag: 'aixin-page-cart', load: () => import('./pages/cart/cart.js'), tab: 'cart' },
  checkout: {
    path: 'checkout',
    tag: 'aixin-page-checkout',
    load: () => import('./pages/checkout/checkout.js'),
    tab: 'cart',
  },
  pay: { path: 'pay/:orderId', tag: 'aixin-page-pay', load: () => import('./pages/pay/pay.js'), tab: 'orders' },
  result: {
    path: 'result/:orderId',
    tag: 'aixin-page-result',
    load: () => import('./pages/result/result.js'),
    tab: 'orders',
  },
  /** `?tab=records|points|matches` */
  love: { path: 'love', tag: 'aixin-page-love', load: () => import('./pages/love/love.js'), tab: 'love' },
  /** One matched yuan: its way and its proof. */
  yuan: { path: 'love/:id', tag: 'aixin-page-yuan', load: () => import('./pages/yuan/yuan.js'), tab: 'love' },
  /** `?state=…` */
  orders: { path: 'orders', tag: 'aixin-page-orders', load: () => import('./pages/orders/orders.js'), tab: 'orders' },
  order: { path: 'orders/:id', tag: 'aixin-page-order', load: () => import('./pages/order/order.js'), tab: 'orders' },
};
