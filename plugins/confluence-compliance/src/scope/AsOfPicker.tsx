// SPDX-License-Identifier: Apache-2.0
import { Button, DialogTrigger, Popover } from '@backstage/ui';
import { parseDate, today } from '@internationalized/date';
import {
  RiArrowDownSLine,
  RiArrowLeftSLine,
  RiArrowRightSLine,
  RiTimeLine,
} from '@remixicon/react';
import {
  Button as AriaButton,
  Calendar,
  CalendarCell,
  CalendarGrid,
  CalendarGridBody,
  CalendarGridHeader,
  CalendarHeaderCell,
  Dialog,
  Heading,
  I18nProvider,
} from 'react-aria-components';
import { useState } from 'react';
import theme from '../components/theme.module.css';
import { useWords } from '../translation/useWords';
import { isDay } from './asOf';
import styles from './scope.module.css';
import { useAsOfWords } from './useAsOfWords';

interface AsOfPickerProps {
  /** As it stands in the URL; absent for now. */
  value?: string;
  /** The first day that anything is known of; earlier ones are not offered. */
  earliest?: string;
  onChange: (value?: string) => void;
}

/** Now, or the end of a day in the past. */
export function AsOfPicker({ value, earliest, onChange }: AsOfPickerProps) {
  const t = useWords();
  const words = useAsOfWords();
  // Today has not ended, so the newest day is yesterday.
  const newest = today('UTC').subtract({ days: 1 });
  const shown = value && isDay(value) ? parseDate(value) : undefined;
  return (
    <DialogTrigger>
      <Button
        variant="secondary"
        iconStart={<RiTimeLine />}
        iconEnd={<RiArrowDownSLine />}
      >
        {value
          ? t('scope.asOf', { date: words(value, 'short') })
          : t('scope.now')}
      </Button>
      <Popover placement="bottom end">
        <Dialog
          aria-label={t('scope.when')}
          className={`${theme.root} ${styles.dialog}`}
        >
          {({ close }) => {
            const choose = (chosen?: string) => {
              close();
              onChange(chosen);
            };
            return (
              <>
                <I18nProvider locale="en-GB">
                  <Calendar
                    aria-label={t('scope.calendar')}
                    value={shown ?? null}
                    defaultFocusedValue={shown ?? newest}
                    minValue={earliest ? parseDate(earliest) : undefined}
                    maxValue={newest}
                    onChange={date => choose(date.toString())}
                  >
                    <header className={styles.calendarHead}>
                      <Heading className={styles.month} />
                      <AriaButton
                        slot="previous"
                        className={styles.nav}
                        aria-label={t('scope.previousMonth')}
                      >
                        <RiArrowLeftSLine size={18} aria-hidden="true" />
                      </AriaButton>
                      <AriaButton
                        slot="next"
                        className={styles.nav}
                        aria-label={t('scope.nextMonth')}
                      >
                        <RiArrowRightSLine size={18} aria-hidden="true" />
                      </AriaButton>
                    </header>
                    <CalendarGrid weekdayStyle="narrow">
                      <CalendarGridHeader>
                        {weekday => (
                          <CalendarHeaderCell className={styles.weekday}>
                            {weekday}
                          </CalendarHeaderCell>
                        )}
                      </CalendarGridHeader>
                      <CalendarGridBody>
                        {date => (
                          <CalendarCell date={date} className={styles.day} />
                        )}
                      </CalendarGridBody>
                    </CalendarGrid>
                  </Calendar>
                </I18nProvider>
                <p className={`${theme.second} ${styles.note}`}>
                  {t('scope.utc')}
                </p>
                <TimeOfToday onChoose={choose} />
                {value && (
                  <div className={styles.actions}>
                    <Button
                      variant="primary"
                      size="small"
                      onPress={() => choose()}
                    >
                      {t('scope.return')}
                    </Button>
                  </div>
                )}
              </>
            );
          }}
        </Dialog>
      </Popover>
    </DialogTrigger>
  );
}

/** A minute of today that has passed, as an ISO time; undefined for any other. */
function timeOfToday(minute: string): string | undefined {
  const time = `${today('UTC').toString()}T${minute}:00Z`;
  return /^\d\d:\d\d$/.test(minute) && Date.parse(time) <= Date.now()
    ? time
    : undefined;
}

/** What was known at a time of today, which has not ended. */
function TimeOfToday({ onChoose }: { onChoose: (time: string) => void }) {
  const t = useWords();
  const [minute, setMinute] = useState('');
  const time = timeOfToday(minute);
  return (
    <div className={styles.today}>
      <label>
        {t('scope.today')}{' '}
        <input
          type="time"
          className={styles.time}
          value={minute}
          onChange={event => setMinute(event.target.value)}
        />
      </label>
      <Button
        variant="secondary"
        size="small"
        isDisabled={!time}
        onPress={() => time && onChoose(time)}
      >
        {t('scope.todayShow')}
      </Button>
    </div>
  );
}
