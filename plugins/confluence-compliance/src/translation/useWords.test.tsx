// SPDX-License-Identifier: Apache-2.0
import { renderInTestApp } from '@backstage/frontend-test-utils';
import { screen } from '@testing-library/react';
import { useWords } from './useWords';

function Sentence() {
  const t = useWords();
  const severity = '{{n}} {{severity}}';
  return <p>{t('overview.posture.showSeverity', { severity, n: '5' })}</p>;
}

it('takes a placeholder in a name for text', async () => {
  await renderInTestApp(<Sentence />);
  const text = (await screen.findByText(/5 open/)).textContent ?? '';
  expect(text.replaceAll('\u2060', '')).toContain('{{n}} {{severity}}');
});
