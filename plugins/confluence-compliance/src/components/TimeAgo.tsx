// SPDX-License-Identifier: Apache-2.0
import { useEffect, useState } from 'react';
import { useWords } from '../translation/useWords';
import { formatDate, formatExact } from './format';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** The age of a time in words: relative below three days, then the date. */
function useTimeWords() {
  const t = useWords();
  return (time: Date, now: number): string => {
    const age = now - time.getTime();
    const distance = Math.abs(age);
    if (distance < MINUTE) {
      return age < 0 ? t('common.time.soon') : t('common.time.now');
    }
    if (distance < HOUR) {
      const count = Math.round(distance / MINUTE);
      return age < 0
        ? t('common.time.inMinutes', { n: String(count) })
        : t('common.time.minutesAgo', { n: String(count) });
    }
    if (distance < DAY) {
      const count = Math.round(distance / HOUR);
      return age < 0
        ? t('common.time.inHours', { count })
        : t('common.time.hoursAgo', { count });
    }
    if (distance < 3 * DAY) {
      const count = Math.floor(distance / DAY);
      return age < 0
        ? t('common.time.inDays', { count })
        : t('common.time.daysAgo', { count });
    }
    return t('common.time.on', { date: formatDate(time, new Date(now)) });
  };
}

/** The present moment, renewed often enough for words such as `12 min ago`. */
function useNow(): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 20_000);
    return () => clearInterval(timer);
  }, []);
  return now;
}

interface TimeAgoProps {
  /** ISO 8601. */
  time: string;
  /** What more the tooltip says. */
  note?: string;
}

/** When something was or will be; the exact time stands in the tooltip. */
export function TimeAgo({ time, note }: TimeAgoProps) {
  const words = useTimeWords();
  const ticking = useNow();
  const date = new Date(time);
  // Data can be younger than the last tick: it must not seem to lie in the future.
  const now = Math.max(ticking, Date.now());
  return (
    <time
      dateTime={time}
      title={[formatExact(date), note].filter(Boolean).join(', ')}
    >
      {words(date, now)}
    </time>
  );
}
