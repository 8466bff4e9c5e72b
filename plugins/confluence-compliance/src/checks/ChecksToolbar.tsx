// SPDX-License-Identifier: Apache-2.0
import { ButtonLink, Switch } from '@backstage/ui';
import {
  severitySchema,
  verdicts,
  type Check,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { RiListCheck3 } from '@remixicon/react';
import { useSearchParams } from 'react-router-dom';
import { FilterSelect } from '../components/FilterSelect';
import { SearchBox } from '../components/SearchBox';
import styles from '../components/toolbar.module.css';
import type { ShownVerdict } from '../components/VerdictTag';
import { useLinks } from '../scope/links';
import { useWords } from '../translation/useWords';
import { RunAll } from './RunAll';
import { shownVerdict } from './words';

const shownVerdicts: readonly ShownVerdict[] = [...verdicts, 'excepted'];

interface ChecksFilters {
  q?: string;
  verdict?: string;
  severity?: string;
  framework?: string;
  /** `open` counts what is excepted as open. */
  excepted?: string;
}

const names = ['q', 'verdict', 'severity', 'framework', 'excepted'] as const;

/** What else somebody typed into the address filters nothing. */
const offered: Partial<Record<keyof ChecksFilters, readonly string[]>> = {
  verdict: shownVerdicts,
  severity: severitySchema.options,
};

/** The filters of the cards, in the URL. */
export function useChecksUrl() {
  const [params, setParams] = useSearchParams();
  const filters: ChecksFilters = {};
  for (const name of names) {
    const value = params.get(name);
    if (value && (offered[name]?.includes(value) ?? true)) {
      filters[name] = value;
    }
  }
  const change = (values: ChecksFilters, options?: { replace?: boolean }) =>
    setParams(before => {
      const next = new URLSearchParams(before);
      for (const name of names) {
        if (name in values) {
          next.delete(name);
          if (values[name]) {
            next.set(name, values[name]);
          }
        }
      }
      return next;
    }, options);
  return {
    filters,
    change,
    clear: () =>
      change(Object.fromEntries(names.map(name => [name, undefined]))),
  };
}

/** All checks come in one answer, so they are filtered here. */
export function filterChecks(
  checks: Check[],
  { q, verdict, severity, framework, excepted }: ChecksFilters,
): Check[] {
  const word = q?.trim().toLowerCase();
  return checks.filter(
    check =>
      (!verdict || shownVerdict(check, excepted === 'open') === verdict) &&
      (!severity || check.severity === severity) &&
      (!framework ||
        check.controls.some(control => control.framework === framework)) &&
      (!word ||
        [
          check.id,
          check.title,
          check.description,
          ...check.controls.map(
            control => `${control.framework} ${control.control}`,
          ),
        ].some(text => text.toLowerCase().includes(word))),
  );
}

interface ChecksToolbarProps {
  url: ReturnType<typeof useChecksUrl>;
  /** All of them, not only those shown. */
  checks: Check[];
}

export function ChecksToolbar({ url, checks }: ChecksToolbarProps) {
  const t = useWords();
  const links = useLinks();
  const { filters, change } = url;
  const controlsHref = links.controls();
  const exceptions = links.exceptions();
  const findings = links.findings();
  const frameworks = [
    ...new Set(
      checks.flatMap(({ controls }) =>
        controls.map(control => control.framework),
      ),
    ),
  ].sort((a, b) => a.localeCompare(b));
  // Nothing is excepted while it counts as open.
  const offeredVerdicts = filters.excepted ? verdicts : shownVerdicts;
  return (
    <div className={styles.toolbar} role="search">
      <SearchBox
        label={t('checks.filters.search')}
        value={filters.q ?? ''}
        onChange={q => change({ q }, { replace: true })}
      />
      <FilterSelect
        label={t('checks.filters.verdict')}
        anyLabel={t('checks.filters.anyVerdict')}
        options={offeredVerdicts.map(value => ({
          value,
          label: t(`common.verdict.${value}`),
        }))}
        value={filters.verdict}
        onChange={verdict => change({ verdict })}
      />
      <FilterSelect
        label={t('checks.filters.severity')}
        anyLabel={t('checks.filters.anySeverity')}
        options={severitySchema.options.toReversed().map(value => ({
          value,
          label: t(`common.severity.${value}`),
        }))}
        value={filters.severity}
        onChange={severity => change({ severity })}
      />
      {(frameworks.length > 0 || filters.framework) && (
        <FilterSelect
          label={t('checks.filters.framework')}
          anyLabel={t('checks.filters.anyFramework')}
          options={frameworks.map(value => ({ value, label: value }))}
          value={filters.framework}
          onChange={value => change({ framework: value })}
        />
      )}
      <Switch
        label={t('exceptions.asOpen')}
        isSelected={filters.excepted === 'open'}
        onChange={on => change({ excepted: on ? 'open' : undefined })}
      />
      {exceptions && (
        <ButtonLink variant="secondary" href={exceptions}>
          {t('exceptions.title')}
        </ButtonLink>
      )}
      {controlsHref && (
        <ButtonLink
          variant="secondary"
          href={controlsHref}
          iconStart={<RiListCheck3 />}
        >
          {t('controls.link')}
        </ButtonLink>
      )}
      {findings && (
        <ButtonLink variant="secondary" href={findings}>
          {t('findings.link')}
        </ButtonLink>
      )}
      <RunAll checks={checks} />
    </div>
  );
}
