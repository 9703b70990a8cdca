import { css } from 'lit';

/**
 * The look as CSS custom properties, set on each element of the zone. A host overrides any of them from its own style sheet,
 * e.g. `aixin-zone { --ax-red: #a02020; --ax-radius: 8px }`: a rule outside wins over `:host` inside.
 * Attributes: `theme="auto|light|dark"` (light when absent), `large-type` (关怀版).
 */
const dark = css`
  color-scheme: dark;
  --ax-paper: #191714;
  --ax-card: #23201c;
  --ax-raised: #2c2924;
  --ax-ink: #f1ece4;
  --ax-ink-2: #b3aa9d;
  --ax-line: #3b362f;
  --ax-edge: #857b6e;
  --ax-red: #f0857b;
  --ax-red-fill: #b23a31;
  --ax-red-soft: #3a2421;
  --ax-leaf: #8cc5a2;
  --ax-leaf-fill: #3f7256;
  --ax-leaf-soft: #22302a;
  --ax-gold: #dcb768;
  --ax-gold-soft: #332b1a;
  --ax-on: #191714;
  --ax-shadow: 0 1px 2px rgb(0 0 0 / 0.4), 0 6px 20px rgb(0 0 0 / 0.25);
  --ax-picture-light: 0.86;
`;

export const tokens = css`
  :host {
    color-scheme: light;
    --ax-paper: #faf7f2;
    --ax-card: #ffffff;
    --ax-raised: #fdfbf8;
    --ax-ink: #24211d;
    --ax-ink-2: #6b645a;
    --ax-line: #e7e0d5;
    /* The edge of what can be typed in or pressed: 3:1 against card and paper, which the fine line is not. */
    --ax-edge: #938a7d;
    --ax-red: #b8322a;
    --ax-red-fill: #b8322a;
    --ax-red-soft: #f7e9e6;
    --ax-leaf: #38664c;
    --ax-leaf-fill: #38664c;
    --ax-leaf-soft: #e8f0ea;
    --ax-gold: #8a6414;
    --ax-gold-soft: #f6eedb;
    --ax-on: #ffffff;
    --ax-radius: 14px;
    --ax-radius-s: 10px;
    --ax-shadow: 0 1px 2px rgb(60 45 20 / 0.06), 0 6px 20px rgb(60 45 20 / 0.05);
    --ax-picture-light: 1;
    --ax-serif: 'Noto Serif SC', 'Noto Serif CJK SC', 'Source Han Serif SC', 'Songti SC', STSong, SimSun, serif;
    --ax-sans: 'PingFang SC', 'Noto Sans SC', 'Noto Sans CJK SC', 'Microsoft YaHei', 'WenQuanYi Micro Hei', sans-serif;
    --ax-step: 8px;
    --ax-size: 16px;
    --ax-t12: calc(var(--ax-size) * 0.75);
    --ax-t13: calc(var(--ax-size) * 0.8125);
    --ax-t14: calc(var(--ax-size) * 0.875);
    --ax-t15: calc(var(--ax-size) * 0.9375);
    --ax-t18: calc(var(--ax-size) * 1.125);
    --ax-t22: calc(var(--ax-size) * 1.375);
    --ax-t26: calc(var(--ax-size) * 1.625);
    --ax-t34: calc(var(--ax-size) * 2.125);
  }
  :host([large-type]) {
    --ax-size: 20px;
  }
  /* Only on a screen: paper stays white. */
  @media screen {
    :host([theme='dark']) {
      ${dark}
    }
  }
  @media screen and (prefers-color-scheme: dark) {
    :host([theme='auto']) {
      ${dark}
    }
  }
`;
