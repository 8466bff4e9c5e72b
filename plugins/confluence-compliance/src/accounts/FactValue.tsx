// SPDX-License-Identifier: Apache-2.0
import type { AccountFact } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import type { ReactNode } from 'react';
import theme from '../components/theme.module.css';
import { UnknownValue } from '../components/UnknownValue';
import { useWords } from '../translation/useWords';
import { StaleMark } from './StaleMark';

interface FactValueProps {
  fact: AccountFact;
  /** How a value is shown. Default as it stands. */
  show?(value: string): ReactNode;
  /** Also says who said it. */
  withSource?: boolean;
}

/** One thing known of an account, or why nobody knows it. */
export function FactValue({ fact, show, withSource }: FactValueProps) {
  const t = useWords();
  const { value, source, reason } = fact;
  if (value === undefined) {
    return <UnknownValue reason={reason?.text} />;
  }
  return (
    <>
      {show?.(value) ?? <bdi>{value}</bdi>}
      {withSource && source && (
        <>
          {' '}
          <span className={theme.second}>{t(`accounts.saidBy.${source}`)}</span>
        </>
      )}
      <StaleMark fact={fact} />
    </>
  );
}
