// SPDX-License-Identifier: Apache-2.0
import {
  ANNOTATION_LOCATION,
  ANNOTATION_ORIGIN_LOCATION,
  Entity,
} from '@backstage/catalog-model';
import { InputError } from '@backstage/errors';
import {
  confluenceAnnotations,
  ConfluenceTransformers,
  PresentSubject,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-node';
import { buildEntity, Surroundings } from './buildEntity';
import { EntityOptions } from './config';
import { entityKinds, locationOf } from './refs';
import { validateEntity } from './validateEntity';
import { createWanted } from './wanted';

type Transform = (
  entity: Entity | undefined,
  subject: PresentSubject,
) => Entity | undefined | Promise<Entity | undefined>;

/** Makes the entity of a subject: options, then transformers, then what nobody may change. */
export class EntityMaker {
  readonly #options: EntityOptions;
  readonly #transformers: ConfluenceTransformers | undefined;
  readonly #isWanted: (subject: PresentSubject) => boolean;

  constructor(options: EntityOptions, transformers?: ConfluenceTransformers) {
    this.#options = options;
    this.#transformers = transformers;
    this.#isWanted = createWanted(options);
  }

  /** Undefined when the subject has no place in the catalog; throws when its entity is invalid. */
  async make(
    subject: PresentSubject,
    around: Surroundings,
  ): Promise<Entity | undefined> {
    const built = this.#isWanted(subject)
      ? buildEntity(subject, this.#options, around)
      : undefined;
    const transform = this.#transformers?.[subject.kind] as
      | Transform
      | undefined;
    const made = transform ? await transform(built, subject) : built;
    if (!made) {
      return undefined;
    }
    const entity = this.#fix(made, subject);
    await validateEntity(entity);
    return entity;
  }

  #fix(made: Entity, subject: PresentSubject): Entity {
    if (!entityKinds[subject.kind].includes(made.kind)) {
      throw new InputError(
        `a transformer made a ${made.kind}, which ${subject.kind} cannot be`,
      );
    }
    const entity: Entity = JSON.parse(JSON.stringify(made));
    entity.metadata.namespace = this.#options.namespace;
    entity.metadata.name = subject.name;
    entity.metadata.annotations = {
      ...entity.metadata.annotations,
      [confluenceAnnotations.connection]: subject.connection,
      [ANNOTATION_LOCATION]: locationOf(subject),
      [ANNOTATION_ORIGIN_LOCATION]: locationOf(subject),
      ...(subject.kind === 'site' && {
        [confluenceAnnotations.site]: subject.state.site,
      }),
    };
    const profile = entity.spec?.profile;
    if (entity.kind === 'User' && profile && typeof profile === 'object') {
      // Sign-in looks people up by email in all namespaces: a second one locks its owner out.
      const { email: _email, ...rest } = profile as Record<string, string>;
      entity.spec = { ...entity.spec, profile: rest };
    }
    return entity;
  }
}
