// SPDX-License-Identifier: Apache-2.0
import type {
  Access,
  PageRecord,
  Policy,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { RiFileTextLine } from '@remixicon/react';
import { formatDate } from '../components/format';
import theme from '../components/theme.module.css';
import { UnknownValue } from '../components/UnknownValue';
import { VerdictTag } from '../components/VerdictTag';
import styles from './cards.module.css';
import { Facts } from './Facts';
import { Quiet } from './WithAccess';
import { useWords } from '../translation/useWords';

/** The page that a card stands on, among those that a policy's rule finds. */
function pageOf(policy: Policy, entityRef: string): PageRecord | undefined {
  return policy.pages.find(page => page.entityRef === entityRef);
}

function Version({ page }: { page?: PageRecord }) {
  const t = useWords();
  if (!page) {
    return <UnknownValue reason={t('cards.policy.pageUnknown')} />;
  }
  const n = String(page.version);
  return (
    <>
      {page.versionAt
        ? t('cards.policy.versionAt', {
            n,
            date: formatDate(new Date(page.versionAt)),
          })
        : n}
    </>
  );
}

/** Which version is approved, and whether the page was edited since. */
function Approved({ policy, page }: { policy: Policy; page?: PageRecord }) {
  const t = useWords();
  const { approval } = policy;
  if (!approval) {
    return <>{t('cards.policy.notApproved')}</>;
  }
  const isEdited = !!page && page.version > approval.version;
  return (
    <>
      {t(isEdited ? 'cards.policy.editedSince' : 'cards.policy.versionAt', {
        n: String(approval.version),
        date: formatDate(new Date(approval.at)),
      })}
    </>
  );
}

function Readers({ page }: { page?: PageRecord }) {
  const t = useWords();
  if (!page || page.restriction === 'unknown') {
    return (
      <UnknownValue
        reason={t(
          page ? 'cards.policy.restrictionUnknown' : 'cards.policy.pageUnknown',
        )}
      />
    );
  }
  return <>{t(`cards.policy.restriction.${page.restriction}`)}</>;
}

/** Which required policies a page fulfils, with verdict, version and readers. */
export function PolicyList({ access }: { access: Access }) {
  const t = useWords();
  if (access.policies.length === 0) {
    return (
      <Quiet
        icon={<RiFileTextLine aria-hidden="true" />}
        title={t('cards.policy.none')}
      />
    );
  }
  return (
    <>
      {access.policies.map(policy => {
        const page = pageOf(policy, access.entityRef);
        return (
          <section
            key={`${policy.connection} ${policy.id}`}
            className={styles.policy}
          >
            <div className={styles.lead}>
              <div>
                <strong dir="auto">{policy.title}</strong>
                <span className={theme.muted} dir="auto">
                  {policy.reason.text}
                </span>
              </div>
              <VerdictTag verdict={policy.verdict} />
            </div>
            <Facts
              items={[
                {
                  label: t('cards.policy.version'),
                  value: <Version page={page} />,
                },
                {
                  label: t('cards.policy.approved'),
                  value: <Approved policy={policy} page={page} />,
                },
                {
                  label: t('cards.policy.readers'),
                  value: <Readers page={page} />,
                },
                {
                  label: t('cards.policy.found'),
                  value: <bdi>{policy.rule}</bdi>,
                },
              ]}
            />
          </section>
        );
      })}
    </>
  );
}
