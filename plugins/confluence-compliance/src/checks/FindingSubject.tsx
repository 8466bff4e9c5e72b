// SPDX-License-Identifier: Apache-2.0
import type { Finding } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { Link } from 'react-router-dom';
import { EntityLink } from '../components/EntityLink';
import { findingName } from '../components/findingName';
import theme from '../components/theme.module.css';
import { useLinks } from '../scope/links';
import { useWords } from '../translation/useWords';
import styles from './checks.module.css';

/** A finding, or what is accepted of one. */
type About = Pick<Finding, 'subject' | 'account' | 'resource'> &
  Partial<Pick<Finding, 'reason'>>;

/** A document whose page nobody has named is no policy yet: it stands below the policies. */
const NOT_NAMED = 'document-not-named';

/** The page of an account or a policy inside the plugin, or of what it is about. */
function useSubjectHrefs({ subject, account, resource, reason }: About) {
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
  const policyHref = () =>
    reason?.code === NOT_NAMED
      ? links.policies({ document: subject.id })
      : links.policy(subject.id);
  const subjectHref = () => {
    switch (subject.kind) {
      case 'account':
        return links.account({
          connection: subject.connection,
          accountId: subject.id,
        });
      case 'policy':
        return policyHref();
      default:
        return resourceHref();
    }
  };
  return {
    subject: subjectHref(),
    account:
      account &&
      links.account({
        connection: account.connection,
        accountId: account.accountId,
      }),
    resource: resourceHref(),
  };
}

/** Who or what a finding is about: the account and where, or the thing itself. */
export function FindingSubject({ finding }: { finding: About }) {
  const t = useWords();
  const hrefs = useSubjectHrefs(finding);
  const { subject, account, resource } = finding;
  const entityRef = subject.entityRef ?? resource?.entityRef;
  const name = findingName(finding);
  const href = account ? hrefs.account : hrefs.subject;
  const isResource = !account && name === resource?.title;
  return (
    <>
      <Named name={name} href={href} />
      {resource && !isResource && (
        <span className={styles.beside}>
          {t('checks.findings.on')}{' '}
          <Named name={resource.title} href={hrefs.resource} />
        </span>
      )}
      {(!href || subject.kind === 'policy') && entityRef && (
        <span className={`${theme.second} ${styles.beside}`}>
          <EntityLink
            entityRef={entityRef}
            title={t('checks.findings.inCatalog')}
          />
        </span>
      )}
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
