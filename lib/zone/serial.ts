/** How the serial of a zone is counted: `YYYYMMDDnn` (RFC 1912 §2.2), seconds since 1970, or one by one. */
export type SerialStyle = 'date' | 'unix' | 'counter';

const HALF = 0x80000000;
const DAY = 86_400_000;

/** Whether `to` comes after `from` in the circle of serials (RFC 1982 §3.2); two exactly opposite ones do not. */
export function isRaised(from: number, to: number): boolean {
  const way = (to - from) >>> 0;
  return way !== 0 && way < HALF;
}

/** How a serial is counted, as far as it shows; dates need not be past. */
export function serialStyle(serial: number, now: number): SerialStyle {
  if (isDate(Math.floor(serial / 100))) return 'date';
  return serial > Date.UTC(2000) / 1000 && serial * 1000 < now + 366 * DAY ? 'unix' : 'counter';
}

/**
 * The serial that follows one in its own style or the one given, always after it (RFC 1982) and never 0, which some take for
 * "not set".
 */
export function nextSerial(serial: number, now: number, style: SerialStyle = serialStyle(serial, now)): number {
  const wanted = { date: firstOfDay(now), unix: Math.floor(now / 1000), counter: 0 }[style];
  if (wanted > 0 && wanted < 2 ** 32 && isRaised(serial, wanted)) return wanted;
  return (serial + 1) >>> 0 || 1;
}

function firstOfDay(now: number): number {
  const [year = '', month = '', day = ''] = new Date(now).toISOString().slice(0, 10).split('-');
  return Number(`${year}${month}${day}00`);
}

/** Whether eight digits are a day of the calendar within the age of the DNS. */
function isDate(digits: number): boolean {
  const year = Math.floor(digits / 10_000);
  if (year < 1980 || year > 2199) return false;
  const month = Math.floor(digits / 100) % 100;
  const date = new Date(Date.UTC(year, month - 1, digits % 100));
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === digits % 100;
}
