// SPDX-License-Identifier: Apache-2.0
import { Button, TextField } from '@backstage/ui';
import type { DecisionKind } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import theme from '../components/theme.module.css';
import { useWords } from '../translation/useWords';
import styles from './table.module.css';

interface ReasonFormProps {
  decision: DecisionKind;
  /** Reasons that may fit, likeliest first. */
  suggestions: string[];
  onSave: (reason: string) => void;
  onLeave: () => void;
}

/** One line under a row that asks why. Enter saves it, Escape leaves everything as it was. */
export function ReasonForm({
  decision,
  suggestions,
  onSave,
  onLeave,
}: ReasonFormProps) {
  const t = useWords();
  const [reason, setReason] = useState('');
  const field = useRef<HTMLDivElement>(null);
  useEffect(() => field.current?.querySelector('input')?.focus(), []);
  const given = reason.trim();
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape') {
      event.stopPropagation();
      onLeave();
    }
  };
  return (
    // Escape acts wherever the focus is in the form.
    // eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <form
      className={styles.reason}
      aria-label={t(`reviews.reason.${decision}`)}
      onKeyDown={onKeyDown}
      onSubmit={event => {
        event.preventDefault();
        if (given) {
          onSave(given);
        }
      }}
    >
      <div className={styles.reasonLine}>
        <div ref={field} className={styles.reasonField}>
          <TextField
            aria-label={t(`reviews.reason.${decision}`)}
            placeholder={t(`reviews.reason.${decision}`)}
            value={reason}
            onChange={setReason}
            maxLength={2000}
          />
        </div>
        <Button type="submit" variant="primary" isDisabled={!given}>
          {t(`reviews.act.${decision}`)}
        </Button>
        <Button variant="tertiary" onPress={onLeave}>
          {t('common.cancel')}
        </Button>
      </div>
      <div className={styles.suggestions}>
        {suggestions.map(text => (
          <button
            key={text}
            type="button"
            className={styles.suggestion}
            dir="auto"
            onClick={() => {
              setReason(text);
              field.current?.querySelector('input')?.focus();
            }}
          >
            {text}
          </button>
        ))}
        <span className={theme.second}>{t('reviews.reason.hint')}</span>
      </div>
    </form>
  );
}
