/** Dates as people here say them. Instants are UTC; what is shown is always Shanghai, wherever the reader's machine is. */
const parts = new Intl.DateTimeFormat('zh-CN', {
  timeZone: 'Asia/Shanghai',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
});

interface Wall {
  readonly day: string;
  readonly time: string;
}

const wall = (instant: string | number | Date): Wall => {
  const found: Partial<Record<Intl.DateTimeFormatPartTypes, string>> = {};
  for (const { type, value } of parts.formatToParts(new Date(instant))) found[type] = value;
  return {
    day: `${found.year ?? ''}-${found.month ?? ''}-${found.day ?? ''}`,
    time: `${found.hour ?? ''}:${found.minute ?? ''}`,
  };
};

const DAY_MS = 86_400_000;

/** "2026-11-22" in Shanghai. */
export const day = (instant: string): string => wall(instant).day;

/** "2026 年 11 月 22 日 09:31" */
export const fullDate = (instant: string): string => `${dayText(wall(instant).day)} ${wall(instant).time}`;

/** "2026-11-22" (or with a time behind) → "2026 年 11 月 22 日". For days that the server sends as days. */
export const dayText = (date: string): string => {
  const [year = '', month = '', dayOfMonth = ''] = date.slice(0, 10).split('-');
  return `${year} 年 ${String(Number(month))} 月 ${String(Number(dayOfMonth))} 日`;
};

/** "2026-11" → "2026 年 11 月" */
export const monthText = (month: string): string => {
  const [year = '', number = ''] = month.split('-');
  return `${year} 年 ${String(Number(number))} 月`;
};

/** "今天 09:31", "昨天 21:05", "11-16 08:00", "2025-11-16 08:00": as short as it can be without doubt. */
export const when = (instant: string, now: number = Date.now()): string => {
  const at = wall(instant);
  const today = wall(now).day;
  if (at.day === today) return `今天 ${at.time}`;
  if (at.day === wall(now - DAY_MS).day) return `昨天 ${at.time}`;
  return at.day.slice(0, 4) === today.slice(0, 4) ? `${at.day.slice(5)} ${at.time}` : `${at.day} ${at.time}`;
};

/** "09:31" */
export const clock = (instant: string): string => wall(instant).time;
