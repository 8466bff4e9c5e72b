// SPDX-License-Identifier: Apache-2.0
import type { Space } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { EntityLink } from '../components/EntityLink';
import { formatNumber } from '../components/format';
import { Panel } from '../components/Panel';
import theme from '../components/theme.module.css';
import { Fact, Facts } from '../details/Facts';
import { useConnectionTitle } from '../lists/connections';
import list from '../lists/list.module.css';
import { useWords } from '../translation/useWords';
import { useSpaceWords } from './words';

/** What a space is, as Confluence and the catalog say. */
export function AboutSpace({ space }: { space: Space }) {
  const t = useWords();
  const words = useSpaceWords();
  const connectionTitle = useConnectionTitle()(space.connection);
  return (
    <Panel title={t('spaces.page.about.title')}>
      <Facts>
        <Fact name={t('spaces.page.about.key')}>
          <span className={theme.mono} dir="auto">
            {space.key}
          </span>
        </Fact>
        <Fact name={t('spaces.page.about.type')}>
          <bdi>{words.type(space.type)}</bdi>
        </Fact>
        <Fact name={t('spaces.page.about.status')}>
          {space.status === 'current' ? (
            words.status(space.status)
          ) : (
            <span className={list.chip} dir="auto">
              {words.status(space.status)}
            </span>
          )}
        </Fact>
        <Fact name={t('spaces.page.about.pages')}>
          <span className={theme.number}>{formatNumber(space.pages)}</span>
        </Fact>
        <Fact name={t('spaces.page.about.entity')}>
          {space.entityRef ? (
            <EntityLink entityRef={space.entityRef} />
          ) : (
            <span className={theme.muted}>
              {t('spaces.page.about.noEntity')}
            </span>
          )}
        </Fact>
        <Fact name={t('spaces.page.about.connection')}>
          <bdi>{connectionTitle}</bdi>
        </Fact>
      </Facts>
    </Panel>
  );
}
