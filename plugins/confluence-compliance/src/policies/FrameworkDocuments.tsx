// SPDX-License-Identifier: Apache-2.0
import { Button, Link } from '@backstage/ui';
import type { PolicyDocument } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { useEffect, useRef, useState } from 'react';
import { useSearchParams } from 'react-router-dom';
import { PanelError } from '../components/ErrorState';
import { Panel } from '../components/Panel';
import theme from '../components/theme.module.css';
import { usePolicyDocuments } from '../queries';
import { useLinks } from '../scope/links';
import { useWords } from '../translation/useWords';
import { ChoosePageDialog } from './ChoosePageDialog';
import styles from './policies.module.css';
import { useMayMap } from './PolicyMapping';

/** The documents that frameworks ask for, those without a policy first. */
export function FrameworkDocuments() {
  const t = useWords();
  const { data, error, refetch } = usePolicyDocuments();
  const asked = useSearchParams()[0].get('document');
  const documents = data?.items ?? [];
  const notNamed = documents.filter(({ policies }) => policies.length === 0);
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
  const n = String(notNamed.length);
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
            {[...notNamed, ...there].map(document => (
              <Row
                key={document.id}
                document={document}
                isAsked={document.id === asked}
              />
            ))}
          </tbody>
        </table>
      </div>
    </Panel>
  );
}

interface RowProps {
  document: PolicyDocument;
  /** Its finding led here. */
  isAsked: boolean;
}

function Row({ document, isAsked }: RowProps) {
  const t = useWords();
  const links = useLinks();
  const row = useRef<HTMLTableRowElement>(null);
  useEffect(() => {
    if (isAsked) {
      row.current?.scrollIntoView?.({ block: 'center' });
    }
  }, [isAsked]);
  const { title, about, controls, policies } = document;
  return (
    <tr
      ref={row}
      aria-current={isAsked || undefined}
      className={isAsked ? styles.asked : undefined}
    >
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
        {policies.length === 0 && <NotNamed document={document} />}
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

/** Who may chooses its page; everybody else reads how it comes about. */
function NotNamed({ document: { id, title } }: { document: PolicyDocument }) {
  const t = useWords();
  const mayMap = useMayMap();
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <strong>{t('policies.documents.notNamed')}</strong>
      {mayMap ? (
        <Button
          variant="secondary"
          size="small"
          aria-label={t('policies.mapping.chooseNamed', { title })}
          onPress={() => setOpen(true)}
        >
          {t('policies.mapping.choose')}
        </Button>
      ) : (
        <span className={theme.second}>
          {t('policies.documents.how', { id })}
        </span>
      )}
      {isOpen && (
        <ChoosePageDialog
          policy={{ id, title }}
          onClose={() => setOpen(false)}
        />
      )}
    </>
  );
}
