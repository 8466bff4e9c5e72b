// SPDX-License-Identifier: Apache-2.0
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { PageFrame } from '../components/PageFrame';
import { confluenceComplianceTranslationRef } from '../translation';

/** The list of spaces and the page of one. */
export function SpacesTab() {
  const { t } = useTranslationRef(confluenceComplianceTranslationRef);
  return <PageFrame title={t('spaces.title')}>{undefined}</PageFrame>;
}
