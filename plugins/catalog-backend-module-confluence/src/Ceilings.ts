// SPDX-License-Identifier: Apache-2.0
import { LoggerService } from '@backstage/backend-plugin-api';
import { SubjectKind } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { CatalogView } from './CatalogView';
import { CeilingKey } from './config';

const keys: Partial<Record<SubjectKind, CeilingKey>> = {
  account: 'users',
  group: 'groups',
  space: 'spaces',
  page: 'pages',
};

/** How many entities of a kind there may be; what is there already stays. */
export class Ceilings {
  readonly #ceilings: Record<CeilingKey, number>;
  readonly #logger: LoggerService;
  readonly #warned = new Set<CeilingKey>();

  constructor(ceilings: Record<CeilingKey, number>, logger: LoggerService) {
    this.#ceilings = ceilings;
    this.#logger = logger;
  }

  /** A new pass may warn again. */
  begin(): void {
    this.#warned.clear();
  }

  of(kind: SubjectKind): number {
    const key = keys[kind];
    return key ? this.#ceilings[key] : Infinity;
  }

  /** Whether one more may be emitted; warns when not. */
  admit(kind: SubjectKind, view: CatalogView): boolean {
    if (view.count(kind) < this.of(kind)) {
      return true;
    }
    this.warn(kind);
    return false;
  }

  warn(kind: SubjectKind): void {
    const key = keys[kind];
    if (key && !this.#warned.has(key)) {
      this.#warned.add(key);
      this.#logger.warn(
        `The catalog holds ${
          this.#ceilings[key]
        } ${key} of Confluence and gets no more: raise 'confluenceCompliance.catalog.ceilings.${key}' or narrow what is wanted`,
      );
    }
  }

  /** Kinds at their ceiling, separated by commas. */
  reached(view: CatalogView): string {
    return (Object.keys(keys) as SubjectKind[])
      .filter(kind => view.count(kind) >= this.of(kind))
      .map(kind => keys[kind])
      .join(',');
  }
}
