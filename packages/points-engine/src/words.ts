import type { ActionKind } from './facts.js';

/** The engine's words for people, in one place (zh-CN). */
export const KIND_NAMES: Readonly<Record<ActionKind, string>> = {
  purchase: '购买',
  review: '评价',
  recommendation: '推荐',
  nomination: '提名',
  activity: '活动',
};

const WEEKDAY_NAMES = ['周一', '周二', '周三', '周四', '周五', '周六', '周日'];

/** 1 → 周一 … 7 → 周日. */
export function weekdayName(weekday: number): string {
  return WEEKDAY_NAMES[weekday - 1] ?? String(weekday);
}

/** 13605 → `136.05 元`. Text only, never read back. */
export function yuan(amountFen: number): string {
  const digits = String(amountFen).padStart(3, '0');
  return `${digits.slice(0, -2)}.${digits.slice(-2)} 元`;
}

/** The sentence of an award: `每笔爱心购 +2（规则 2026-09 版）`, with what changed the figure before the version. */
export function awardReason(input: {
  title: string;
  points: number;
  version: string;
  notes: readonly string[];
}): string {
  const { title, points, version, notes } = input;
  return `${title} +${points}（${[...notes, `规则 ${version} 版`].join('，')}）`;
}
