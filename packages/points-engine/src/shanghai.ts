/**
 * Accounting days and months are Asia/Shanghai (rule 18). Shanghai is UTC+8 the whole year and has had no daylight
 * saving since 1991, so whole-number arithmetic on the instant is exact and needs no time zone data.
 */
const OFFSET_MS = 8 * 3_600_000;
export const DAY_MS = 86_400_000;
/** 1970-01-01 was a Thursday: weekday 4 where Monday is 1. */
const EPOCH_WEEKDAY = 4;
const DAYS_PER_WEEK = 7;

/** The number of Shanghai days since 1970-01-01. Throws `RangeError` on an instant that is not whole milliseconds. */
function shanghaiDayNumber(instantMs: number): number {
  if (!Number.isSafeInteger(instantMs)) throw new RangeError(`not an instant in milliseconds: ${instantMs}`);
  return Math.floor((instantMs + OFFSET_MS) / DAY_MS);
}

let cachedDayNumber = Number.NaN;
let cachedDay = '';

/** The Shanghai day of an instant, as `2026-11-22`. These keys sort as the days do, from year 0 to 9999. */
export function shanghaiDay(instantMs: number): string {
  const dayNumber = shanghaiDayNumber(instantMs);
  // Nearly every decision falls on the same day as the one before: remember that one text. It changes no result.
  if (dayNumber !== cachedDayNumber) {
    cachedDay = dayText(dayNumber);
    cachedDayNumber = dayNumber;
  }
  return cachedDay;
}

/** The Shanghai month of an instant, as `2026-11`. */
export function shanghaiMonth(instantMs: number): string {
  return monthOfDay(shanghaiDay(instantMs));
}

/** `2026-11-22` → `2026-11`. */
export function monthOfDay(day: string): string {
  return day.slice(0, 7);
}

/** 1 is Monday, 7 is Sunday (ISO 8601), of the Shanghai day. */
export function shanghaiWeekday(instantMs: number): number {
  const sinceMonday = (shanghaiDayNumber(instantMs) + EPOCH_WEEKDAY - 1) % DAYS_PER_WEEK;
  return (sinceMonday < 0 ? sinceMonday + DAYS_PER_WEEK : sinceMonday) + 1;
}

/** The first instant of a Shanghai day given as `2026-11-22`, or `null` where no such day exists. */
export function shanghaiDayStartMs(day: string): number | null {
  const parts = /^(\d{4})-(\d{2})-(\d{2})$/.exec(day);
  if (!parts) return null;
  const dayNumber = daysFromCivil(Number(parts[1]), Number(parts[2]), Number(parts[3]));
  // 2026-02-30 would become 2 March: only a day that reads back the same is one.
  return dayText(dayNumber) === day ? dayNumber * DAY_MS - OFFSET_MS : null;
}

// The two functions below are the usual proleptic Gregorian arithmetic: years begin in March, so that the leap day is
// the last of the year, and 400 years (an era) always have 146,097 days.
const DAYS_PER_ERA = 146_097;
const DAYS_BEFORE_EPOCH = 719_468;

function daysFromCivil(year: number, month: number, day: number): number {
  const marchYear = month > 2 ? year : year - 1;
  const era = Math.floor(marchYear / 400);
  const yearOfEra = marchYear - era * 400;
  const dayOfYear = Math.floor((153 * ((month + 9) % 12) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * DAYS_PER_ERA + dayOfEra - DAYS_BEFORE_EPOCH;
}

function dayText(dayNumber: number): string {
  const shifted = dayNumber + DAYS_BEFORE_EPOCH;
  const era = Math.floor(shifted / DAYS_PER_ERA);
  const dayOfEra = shifted - era * DAYS_PER_ERA;
  const leaps = Math.floor(dayOfEra / 1460) - Math.floor(dayOfEra / 36_524) + Math.floor(dayOfEra / 146_096);
  const yearOfEra = Math.floor((dayOfEra - leaps) / 365);
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const marchMonth = Math.floor((5 * dayOfYear + 2) / 153);
  const day = dayOfYear - Math.floor((153 * marchMonth + 2) / 5) + 1;
  const month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9;
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
  return `${String(year).padStart(4, '0')}-${twoDigits(month)}-${twoDigits(day)}`;
}

function twoDigits(value: number): string {
  return value < 10 ? `0${value}` : String(value);
}
