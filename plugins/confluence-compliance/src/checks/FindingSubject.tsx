// SPDX-License-Identifier: Apache-2.0
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { Finding } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { Link } from 'react-router-dom';
import { EntityLink } from '../components/EntityLink';
import theme from '../components/theme.module.css';
import { useLinks } from '../scope/links';
import { confluenceComplianceTranslationRef } from '../translation';
import styles from './checks.module.css';

/** The page of an account inside the plugin, or of what it is about. */
function useSubjectHrefs({ subject, account, resource }: Finding) {
  const links = useLinks();
  const resourceHref = () => {
    if (resource?.kind === 'space' && resource.key !== undefined) {
      return links.space({
        connection: resource.connection,
        key: resource.key,
      });
    }
    return resource?.kind === 'site' ? links.connections() : undefined;
  };
  return {
    subject:
      subject.kind === 'account'
        ? links.account({
            connection: subject.connection,
            accountId: subject.id,
          })
        : resourceHref(),
    account:
      account &&
      links.account({
        connection: account.connection,
        accountId: account.accountId,
      }),
    resource: resourceHref(),
  };
}

/** Who or what a finding is about: the account, the space, and where the catalog has them. */
export function FindingSubject({ finding }: { finding: Finding }) {
  const { t } = useTranslationRef(confluenceComplianceTranslationRef);
  const hrefs = useSubjectHrefs(finding);
  const { subject, account, resource } = finding;
  const isAbout = (ref: string | undefined) =>
    ref === `${subject.kind}:${subject.id}`;
  const entityRef =
    subject.entityRef ?? account?.entityRef ?? resource?.entityRef;
  return (
    <>
      <Named name={subject.title ?? subject.id} href={hrefs.subject} />
      {account && account.accountId !== subject.id && (
        <span className={styles.beside}>
          <Named
            name={account.name ?? account.accountId}
            href={hrefs.account}
          />
        </span>
      )}
      {resource && !isAbout(resource.ref) && (
        <span className={styles.beside}>
          {t('checks.findings.on')}{' '}
          <Named name={resource.title} href={hrefs.resource} />
        </span>
      )}
      <span className={`${theme.second} ${styles.beside}`}>
        <bdi>{subject.connection}</bdi>
        {entityRef && (
          <>
            {', '}
            <EntityLink
              entityRef={entityRef}
              title={t('checks.findings.inCatalog')}
            />
          </>
        )}
      </span>
    </>
  );
}

function Named({ name, href }: { name: string; href?: string }) {
  const words = <bdi>{name}</bdi>;
  return href ? (
    <Link to={href} className={styles.named}>
      {words}
    </Link>
  ) : (
    words
  );
}
