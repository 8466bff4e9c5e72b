// SPDX-License-Identifier: Apache-2.0
import { NotFoundError } from '@backstage/errors';
import {
  type ComplianceConfig,
  DOCUMENTS,
  type PageRule,
  type PolicyConfig,
  type StructureRule,
} from '../config';
import type { Connected } from '../connections';
import type { Lookups, NamedPage, NamedSpace, Revision } from '../history';
import type { Acknowledgements } from './Acknowledgements';
import type { ApprovalRows } from './ApprovalRows';
import type { EditorRows, KnownEditors } from './EditorRows';
import { frameworkDocuments } from './frameworkDocuments';
import { isNamed, type Mapping, type Mappings } from './Mappings';
import type { FoundStructure, StructureRows } from './StructureRows';

/** A policy, and whether its page was chosen in the configuration or in the portal. */
export interface NamedPolicy extends PolicyConfig {
  origin: 'config' | 'portal';
  /** What was chosen in the portal; the configuration outweighs it. */
  mapping?: Mapping;
}

/** A required policy and the pages that its rule finds. */
export interface PolicyState extends NamedPolicy {
  /** How its page is found, in words. */
  rule: string;
  /** Whatever their status; at most a hundred. */
  pages: NamedPage[];
  /** The space that the rule names, where it names one that is known. */
  space?: NamedSpace;
}

export interface PoliciesOptions {
  config: Pick<
    ComplianceConfig,
    'frameworks' | 'policies' | 'documentsNotNeeded'
  >;
  /** The connections there are. */
  connections: () => Pick<Connected, 'id' | 'purposes'>[];
  lookups: Lookups;
  approvals: ApprovalRows;
  /** What was mapped in the portal. Default nothing. */
  mappings?: Pick<Mappings, 'list'>;
  /** Default: no text was read. */
  structures?: StructureRows;
  /** Default: whom pages let edit was not read. */
  editors?: EditorRows;
  /** Default: no policy concerns anybody. */
  acknowledgements?: Pick<Acknowledgements, 'numbersOf'>;
}

/** The documents that the organization must have. */
export class Policies {
  readonly #config: PoliciesOptions['config'];
  readonly #connections: PoliciesOptions['connections'];
  readonly #lookups: Lookups;
  readonly #mappings?: PoliciesOptions['mappings'];
  readonly #structures?: StructureRows;
  readonly #editors?: EditorRows;
  readonly #acknowledgements?: PoliciesOptions['acknowledgements'];
  /** What was approved of their pages; it is about now. */
  readonly approvals: Pick<ApprovalRows, 'list' | 'newest'>;

  static create(options: PoliciesOptions): Policies {
    return new Policies(options);
  }

  private constructor(options: PoliciesOptions) {
    const { config, lookups, approvals, structures } = options;
    this.#mappings = options.mappings;
    this.#structures = structures;
    this.#editors = options.editors;
    this.#acknowledgements = options.acknowledgements;
    this.approvals = approvals;
    this.#config = config;
    this.#connections = options.connections;
    this.#lookups = lookups;
  }

  /** Ids of the connections that must have one. */
  async connections(): Promise<string[]> {
    const named = await this.named();
    return [...new Set(named.map(({ connection }) => connection))];
  }

  /** The same, and where a document is missed that no policy is. */
  async connectionsOfDocuments(): Promise<string[]> {
    const own = await this.connections();
    const first = this.#firstConnection();
    const isMissed =
      first !== undefined &&
      !own.includes(first) &&
      (await this.documentsWithoutPolicy(first)).length > 0;
    return isMissed ? [...own, first] : own;
  }

  /**
   * Ids of documents that the chosen frameworks ask for and that no policy is. They are of no connection
   * yet, and are missed on the first one that reads policies.
   */
  async documentsWithoutPolicy(connection: string): Promise<string[]> {
    if (connection !== this.#firstConnection()) {
      return [];
    }
    const documents = frameworkDocuments({
      ...this.#config,
      policies: await this.named(),
    });
    return documents
      .filter(({ policies }) => policies.length === 0)
      .map(({ id }) => id);
  }

  #firstConnection(): string | undefined {
    return this.#connections().find(({ purposes }) =>
      purposes.includes('policy'),
    )?.id;
  }

  /** Those of the configuration in its order, then those that were mapped; the configuration wins. */
  async named(): Promise<NamedPolicy[]> {
    const mapped = (await this.#mappings?.list()) ?? [];
    const { policies } = this.#config;
    return [
      ...policies.map(policy => ({
        ...policy,
        origin: 'config' as const,
        ...mappingOf(mapped.find(({ id }) => id === policy.id)),
      })),
      ...mapped
        .filter(({ id }) => !policies.some(policy => isNamed(policy, id)))
        .map(policy => ({
          ...policy,
          origin: 'portal' as const,
          ...mappingOf(policy),
        })),
    ];
  }

  /** What is looked for in the text of a policy. */
  ruleOf({ structure }: PolicyConfig): StructureRule {
    return structure ?? { headings: [], placeholders: [] };
  }

  /** What was found in the text of one of its pages; it is about now. */
  async structureOf(
    policy: PolicyConfig,
    pageId: string,
  ): Promise<FoundStructure | undefined> {
    const { id, connection } = policy;
    const page = { policy: id, connection, pageId };
    return this.#structures?.get(page, this.ruleOf(policy));
  }

  /** Whom one of its pages lets edit; it is about now. */
  async editorsOf(
    { id, connection }: PolicyConfig,
    pageId: string,
  ): Promise<KnownEditors | undefined> {
    return this.#editors?.get({ policy: id, connection, pageId });
  }

  /** How many have acknowledged it; undefined where it concerns nobody. It is about now. */
  async acknowledgedOf(policy: PolicyState) {
    return this.#acknowledgements?.numbersOf(policy);
  }

  /** Titles by id, of documents that no policy is, too. */
  async titles(): Promise<Map<string, string>> {
    const named = await this.named();
    return new Map(
      [...DOCUMENTS, ...named].map(({ id, title }) => [id, title]),
    );
  }

  /** One of them as it stands; a NotFoundError when there is none of this id. */
  async get(id: string, revision: Revision): Promise<PolicyState> {
    const found = (await this.list({ revision })).find(each => each.id === id);
    if (!found) {
      throw new NotFoundError(
        `There is no policy '${id}': confluenceCompliance.policies.required names them, and the portal maps them`,
      );
    }
    return found;
  }

  /** All of them in the order of `named`. */
  async list(options: {
    revision: Revision;
    /** Default all. */
    connections?: string[];
  }): Promise<PolicyState[]> {
    const { revision, connections } = options;
    const states: PolicyState[] = [];
    for (const policy of await this.named()) {
      const { connection, page } = policy;
      if (connections?.includes(connection) ?? true) {
        states.push({
          ...policy,
          rule: inWords(page),
          pages: await this.#lookups.pages(connection, page, revision),
          space:
            page.by === 'title'
              ? await this.#lookups.space(connection, page.space, revision)
              : undefined,
        });
      }
    }
    return states;
  }
}

function mappingOf(mapped: PolicyConfig | undefined): { mapping?: Mapping } {
  if (!mapped) {
    return {};
  }
  const { connection, page, acknowledgedBy } = mapped;
  return {
    mapping: { connection, page, ...(acknowledgedBy && { acknowledgedBy }) },
  };
}

function inWords(page: PageRule): string {
  switch (page.by) {
    case 'id':
      return `The page with the id ${page.id}`;
    case 'label':
      return `The page with the label ${page.label}`;
    default:
      return `The page '${page.title}' in the space ${page.space}`;
  }
}
