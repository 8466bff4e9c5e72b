// SPDX-License-Identifier: Apache-2.0
import type { ReviewTemplate } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { RiLock2Line } from '@remixicon/react';
import { Link } from 'react-router-dom';
import { StateTag } from '../../components/StateTag';
import theme from '../../components/theme.module.css';
import { Since } from '../../details/Since';
import { useLinks } from '../../scope/links';
import { useWords } from '../../translation/useWords';
import styles from '../reviews.module.css';
import { useScopeWords } from '../useScopeWords';
import { TemplateMenu } from './TemplateMenu';
import { useCadenceWords } from './useCadenceWords';

interface TemplateRowProps {
  template: ReviewTemplate;
  /** There is a column for what can be done. */
  hasActions: boolean;
}

/** One recurring review: what it covers, how often, the next and the last. */
export function TemplateRow({ template, hasActions }: TemplateRowProps) {
  const t = useWords();
  const scopeWords = useScopeWords();
  const cadenceWords = useCadenceWords();
  const { title, cadence, makes } = template;
  return (
    <tr>
      <th scope="row" className={styles.name}>
        <bdi className={styles.title}>{title}</bdi>
        <span className={theme.second} dir="auto">
          {scopeWords(template)}
        </span>
        <Origin template={template} />
      </th>
      <td>
        {cadenceWords(cadence)}
        <span className={`${theme.second} ${styles.block}`}>
          {t(`reviews.recurring.makes.${makes}`)}
        </span>
      </td>
      <td>
        <Next template={template} />
      </td>
      <td className={styles.period}>
        <Last template={template} />
      </td>
      {hasActions && (
        <td className={styles.check}>
          <TemplateMenu template={template} />
        </td>
      )}
    </tr>
  );
}

function Origin({ template }: { template: ReviewTemplate }) {
  const t = useWords();
  const { origin, alsoInPortal } = template;
  if (origin === 'portal') {
    return null;
  }
  return (
    <span className={`${theme.second} ${styles.origin}`}>
      <RiLock2Line size={14} aria-hidden="true" />
      {t(`reviews.recurring.origin.${alsoInPortal ? 'both' : origin}`)}
    </span>
  );
}

function Next({ template: { next } }: { template: ReviewTemplate }) {
  const t = useWords();
  if (!next) {
    return (
      <>
        {t('reviews.recurring.noNext')}
        <span className={`${theme.second} ${styles.block}`}>
          {t('reviews.recurring.noNextText')}
        </span>
      </>
    );
  }
  return (
    <>
      {Date.parse(next.at) <= Date.now() ? (
        t('reviews.recurring.soon')
      ) : (
        <Since time={next.at} />
      )}
      <span className={`${theme.second} ${styles.block}`}>{next.period}</span>
    </>
  );
}

/** The last review that was made, and why it could not be started. */
function Last({ template: { last } }: { template: ReviewTemplate }) {
  const t = useWords();
  const links = useLinks();
  if (!last) {
    return <span className={theme.muted}>{t('reviews.recurring.noLast')}</span>;
  }
  const href = links.review(last.reviewId);
  return (
    <>
      {href ? <Link to={href}>{last.period}</Link> : last.period}{' '}
      {last.notStarted && (
        <StateTag tone="warning" label={t('reviews.recurring.notStarted')} />
      )}
      <span className={`${theme.second} ${styles.block}`} dir="auto">
        {last.notStarted ? last.notStarted.text : <Since time={last.at} />}
      </span>
    </>
  );
}
