// SPDX-License-Identifier: Apache-2.0
import { formatNumber } from '../components/format';
import { useWords } from '../translation/useWords';
import { isDay } from './asOf';

const short = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  timeZone: 'UTC',
});
const minute = new Intl.DateTimeFormat('en-GB', {
  dateStyle: 'medium',
  timeStyle: 'short',
  timeZone: 'UTC',
});
const long = new Intl.DateTimeFormat('en-GB', {
  dateStyle: 'long',
  timeZone: 'UTC',
});
const exact = new Intl.DateTimeFormat('en-GB', {
  dateStyle: 'long',
  timeStyle: 'long',
  timeZone: 'UTC',
});

/** `3 November 2026`, or `revision 1 214`. */
export function useAsOfWords() {
  const t = useWords();
  return (asOf: string, style: 'long' | 'short' = 'long'): string => {
    if (/^\d+$/.test(asOf)) {
      return t('scope.revision', { n: formatNumber(Number(asOf)) });
    }
    const date = new Date(asOf);
    if (style === 'short') {
      return isDay(asOf) ? short.format(date) : minute.format(date);
    }
    return isDay(asOf) ? long.format(date) : exact.format(date);
  };
}
