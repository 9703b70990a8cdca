import { describe, expect, it } from '@jest/globals';
import { readConfig } from './config.js';

const good = {
  MONGO_URL: 'mongodb://127.0.0.1:27017',
  PORTAL_ISSUER: 'https://portal.example',
  PORTAL_JWKS_URL: 'https://portal.example/jwks',
  PORTAL_AUDIENCE: 'aixin',
  ZONE_SESSION_SECRET: 'x'.repeat(32),
  ADDRESS_KEY: 'a'.repeat(44),
};

describe('the environment', () => {
  it('needs six variables; the others have values that work', () => {
    expect(readConfig(good)).toMatchObject({
      DB_NAME: 'aixin',
      MOUNT: '/aixin',
      PORT: 4100,
      DEV: false,
      HOLD_MS: 900_000,
    });
  });

  it.each(Object.keys(good))('stops the start without %s, by its name', (name) => {
    expect(() => readConfig({ ...good, [name]: '' })).toThrow(`${name}: is missing`);
  });

  it.each([
    ['PORT', '70000', 'too big'],
    ['PORT', 'http', 'PORT'],
    ['MOUNT', 'aixin/', 'wrong form'],
    ['MOUNT', '/', 'wrong form'],
    ['MONGO_URL', 'http://db', 'wrong form'],
    ['PUBLIC_URL', 'javascript:alert(1)', 'wrong form'],
    ['ZONE_SESSION_SECRET', 'short-and-secret', 'too small'],
    ['LOG_LEVEL', 'loud', 'one of trace'],
    ['DEV', 'yes', 'one of 0, 1'],
  ])('refuses %s=%s', (name, value, words) => {
    expect(() => readConfig({ ...good, [name]: value })).toThrow(words);
    expect(() => readConfig({ ...good, [name]: value })).toThrow(name);
  });

  it('never tells the value of a bad one', () => {
    try {
      readConfig({ ...good, ZONE_SESSION_SECRET: 'hunter2' });
    } catch (error) {
      expect(String(error)).not.toContain('hunter2');
    }
    expect.assertions(1);
  });
});
