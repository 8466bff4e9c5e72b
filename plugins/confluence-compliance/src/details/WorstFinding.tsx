// SPDX-License-Identifier: Apache-2.0
import { ButtonLink } from '@backstage/ui';
import type { Finding } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { Banner } from '../components/Banner';
import { SeverityMark } from '../components/SeverityMark';
import theme from '../components/theme.module.css';
import { VerdictTag } from '../components/VerdictTag';
import { useLinks } from '../scope/links';
import { useWords } from '../translation/useWords';

/**
 * A failing one before a warning one, each most severe first; what is unknown or excepted is no finding to
 * shout.
 */
function worstOf(findings: Finding[]): Finding | undefined {
  const open = findings.filter(({ exception }) => exception?.status !== 'live');
  return (
    open.find(({ verdict }) => verdict === 'fail') ??
    open.find(({ verdict }) => verdict === 'warning')
  );
}

interface WorstFindingProps {
  findings: Finding[];
  /** A page about a place must say whom the finding is about. */
  about: 'account' | 'resource';
}

/** The worst finding as the first sentence of a page. */
export function WorstFinding({ findings, about }: WorstFindingProps) {
  const t = useWords();
  const links = useLinks();
  const worst = worstOf(findings);
  if (!worst) {
    return null;
  }
  const { account, checkId, reason, severity, subject, verdict } = worst;
  const who = account?.name ?? (subject.kind === 'account' && subject.title);
  const href = links.check(checkId);
  const failed = verdict === 'fail';
  return (
    <Banner
      tone={failed ? 'fail' : 'neutral'}
      glyph={
        failed ? (
          <SeverityMark severity={severity} />
        ) : (
          <VerdictTag verdict={verdict} />
        )
      }
      actions={
        href && (
          <ButtonLink variant="secondary" size="small" href={href}>
            {t('directory.findings.open')}
          </ButtonLink>
        )
      }
    >
      <p>
        {about === 'resource' && who && (
          <>
            <bdi>{who}</bdi>:{' '}
          </>
        )}
        <strong dir="auto">{reason.text}</strong>
      </p>
      <p className={failed ? undefined : theme.muted}>
        {t('directory.findings.found', { check: checkId })}
      </p>
    </Banner>
  );
}
