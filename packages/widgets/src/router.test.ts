import { describe, expect, it } from '@jest/globals';
import { hrefOf, matchRoute } from './router.js';

describe('routes', () => {
  it('finds pages below the base path, with or without slashes around it', () => {
    for (const base of ['/zone', 'zone/', '/zone/'])
      expect(matchRoute(base, '/zone/products/a%2Fb', '')?.params).toEqual({ id: 'a/b' });
    expect(matchRoute('/', '/cart', '')?.name).toBe('cart');
    expect(matchRoute('/zone', '/zone/', '')?.name).toBe('home');
  });

  it('keeps the query, and names the view by path and query', () => {
    const route = matchRoute('/zone', '/zone/products', '?county=500229&q=%E8%9C%82');
    expect(route?.name).toBe('list');
    expect(route?.query.get('q')).toBe('蜂');
    expect(route?.path).toBe('products?county=500229&q=%E8%9C%82');
  });

  it('knows nothing outside the base path, nor what no page has, nor broken escapes', () => {
    expect(matchRoute('/zone', '/zonecart', '')).toBeUndefined();
    expect(matchRoute('/zone', '/cart', '')).toBeUndefined();
    expect(matchRoute('/zone', '/zone/products/a/b', '')).toBeUndefined();
    expect(matchRoute('/zone', '/zone/products/%E0%A4%A', '')).toBeUndefined();
  });

  it('writes an address that it finds again', () => {
    const href = hrefOf('/zone', 'product', { id: 'UHJvZHVjdDox/=' }, { from: 'home', empty: undefined });
    expect(href).toBe('/zone/products/UHJvZHVjdDox%2F%3D?from=home');
    const [path = '', search] = href.split('?');
    expect(matchRoute('/zone', path, `?${search ?? ''}`)?.params).toEqual({ id: 'UHJvZHVjdDox/=' });
    expect(hrefOf('/', 'home')).toBe('/');
  });
});
