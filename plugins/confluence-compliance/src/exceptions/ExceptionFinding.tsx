// SPDX-License-Identifier: Apache-2.0
import type { Exception } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { PanelError } from '../components/ErrorState';
import { Loading } from '../components/Loading';
import theme from '../components/theme.module.css';
import { FindingDetails } from '../findings/FindingDetails';
import { useFindingOf } from '../queries';
import { useWords } from '../translation/useWords';

/** Why the finding stands and what it rests on, for whoever decides whether it is accepted. */
export function ExceptionFinding({ exception }: { exception: Exception }) {
  const t = useWords();
  const { data: finding, error, refetch } = useFindingOf(exception);
  if (error && !finding) {
    return <PanelError error={error} onRetry={refetch} />;
  }
  if (finding === undefined) {
    return <Loading rows={3} />;
  }
  if (finding === null) {
    return <p className={theme.second}>{t('exceptions.facts.gone')}</p>;
  }
  return (
    <>
      <p dir="auto">{finding.reason.text}</p>
      <FindingDetails finding={finding} />
    </>
  );
}
