// SPDX-License-Identifier: Apache-2.0
import { Link } from '@backstage/ui';
import type { PolicyDocument } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { PanelError } from '../components/ErrorState';
import { Panel } from '../components/Panel';
import theme from '../components/theme.module.css';
import { usePolicyDocuments } from '../queries';
import { useLinks } from '../scope/links';
import { useWords } from '../translation/useWords';
import styles from './policies.module.css';

/** The documents that frameworks ask for, those without a policy first. */
export function FrameworkDocuments() {
  const t = useWords();
  const { data, error, refetch } = usePolicyDocuments();
  const documents = data?.items ?? [];
  const missing = documents.filter(({ policies }) => policies.length === 0);
  const there = documents.filter(({ policies }) => policies.length > 0);
  if (error && !data) {
    return (
      <Panel title={t('policies.documents.title')}>
        <PanelError error={error} onRetry={refetch} />
      </Panel>
    );
  }
  if (documents.length === 0) {
    return null;
  }
  const n = String(missing.length);
  const total = String(documents.length);
  return (
    <Panel
      flush
      title={t('policies.documents.title')}
      sub={t('policies.documents.lead', { n, total })}
    >
      <div className={theme.scroll}>
        <table className={theme.table}>
          <thead>
            <tr>
              {(['document', 'controls', 'policy'] as const).map(name => (
                <th key={name} scope="col">
                  {t(`policies.documents.column.${name}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {[...missing, ...there].map(document => (
              <Row key={document.id} document={document} />
            ))}
          </tbody>
        </table>
      </div>
    </Panel>
  );
}

function Row({ document }: { document: PolicyDocument }) {
  const t = useWords();
  const links = useLinks();
  const { id, title, about, controls, policies } = document;
  return (
    <tr>
      <th scope="row" className={styles.name}>
        <span>{title}</span>
        <span className={theme.second}>{about}</span>
      </th>
      <td className={styles.why}>
        {controls.map(({ framework, control, reviewed }) => (
          <div key={`${framework} ${control}`}>
            {framework} {control}
            {!reviewed && (
              <>
                {' '}
                <span className={theme.muted}>{t('controls.proposed')}</span>
              </>
            )}
          </div>
        ))}
      </td>
      <td className={styles.name}>
        {policies.length === 0 && (
          <>
            <strong>{t('policies.documents.missing')}</strong>
            <span className={theme.second}>
              {t('policies.documents.how', { id })}
            </span>
          </>
        )}
        {policies.map(policy => {
          const href = links.policy(policy.id);
          const name = <bdi>{policy.title}</bdi>;
          return href ? (
            <Link key={policy.id} href={href}>
              {name}
            </Link>
          ) : (
            <span key={policy.id}>{name}</span>
          );
        })}
      </td>
    </tr>
  );
}
