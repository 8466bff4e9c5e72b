// SPDX-License-Identifier: Apache-2.0
import {
  Entity,
  EntityPolicies,
  FieldFormatEntityPolicy,
  groupEntityV1alpha1Validator,
  KindValidator,
  KubernetesValidatorFunctions,
  NoForeignRootFieldsEntityPolicy,
  parseEntityRef,
  resourceEntityV1alpha1Validator,
  SchemaValidEntityPolicy,
  stringifyEntityRef,
  systemEntityV1alpha1Validator,
  userEntityV1alpha1Validator,
} from '@backstage/catalog-model';
import { InputError } from '@backstage/errors';

const policy = EntityPolicies.allOf([
  new SchemaValidEntityPolicy(),
  new NoForeignRootFieldsEntityPolicy(),
  new FieldFormatEntityPolicy(),
]);

const kinds: Record<string, KindValidator> = {
  System: systemEntityV1alpha1Validator,
  Resource: resourceEntityV1alpha1Validator,
  Group: groupEntityV1alpha1Validator,
  User: userEntityV1alpha1Validator,
};

/** Fields of `spec` that hold entity refs, and the kind a ref without one means. */
const refFields: Record<string, string> = {
  owner: 'Group',
  system: 'System',
  domain: 'Domain',
  parent: 'Group',
  children: 'Group',
  members: 'User',
  memberOf: 'Group',
  dependsOn: 'Resource',
  dependencyOf: 'Resource',
};

/** Width of the columns in which the catalog keeps refs. */
const maxRefLength = 255;

/**
 * Throws where the catalog would refuse or choke on an entity.
 *
 * @remarks
 * One malformed entity rejects the whole mutation it is part of, and a NUL byte cannot be stored
 * by PostgreSQL.
 */
export async function validateEntity(entity: Entity): Promise<void> {
  await policy.enforce(entity);
  const kind = kinds[entity.kind];
  if (!kind || !(await kind.check(entity))) {
    throw new InputError(`${entity.apiVersion} ${entity.kind} is not known`);
  }
  if (hasNul(entity)) {
    throw new InputError('a value contains a NUL byte');
  }
  checkRef('metadata.name', stringifyEntityRef(entity));
  for (const [field, defaultKind] of Object.entries(refFields)) {
    for (const ref of [entity.spec?.[field] ?? []].flat()) {
      checkRef(`spec.${field}`, ref, defaultKind);
    }
  }
}

function hasNul(value: unknown): boolean {
  if (typeof value === 'string') {
    return value.includes('\0');
  }
  return (
    typeof value === 'object' &&
    value !== null &&
    Object.entries(value).some(entry => entry.some(hasNul))
  );
}

function checkRef(field: string, ref: unknown, defaultKind?: string): void {
  if (typeof ref !== 'string' || ref.length > maxRefLength) {
    throw new InputError(`${field} is not a ref of at most 255 characters`);
  }
  const { namespace, name } = parseEntityRef(ref, {
    defaultKind,
    defaultNamespace: 'default',
  });
  if (
    !KubernetesValidatorFunctions.isValidNamespace(namespace) ||
    !KubernetesValidatorFunctions.isValidObjectName(name)
  ) {
    throw new InputError(`${field} is not a valid entity ref`);
  }
}
