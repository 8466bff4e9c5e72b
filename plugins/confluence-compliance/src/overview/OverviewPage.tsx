// SPDX-License-Identifier: Apache-2.0
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { PageFrame } from '../components/PageFrame';
import { confluenceComplianceTranslationRef } from '../translation';

/** What a security lead must know in ten seconds. */
export function OverviewPage() {
  const { t } = useTranslationRef(confluenceComplianceTranslationRef);
  return <PageFrame title={t('overview.title')}>{undefined}</PageFrame>;
}
