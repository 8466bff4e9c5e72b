// SPDX-License-Identifier: Apache-2.0
import { ButtonIcon, Menu, MenuItem, MenuTrigger } from '@backstage/ui';
import type { ReviewTemplate } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { RiMore2Line } from '@remixicon/react';
import { useState } from 'react';
import { errorMessage } from '../../components/errors';
import { ActionDialog } from '../../connections/ActionDialog';
import { useDeleteReviewTemplate } from '../../queries';
import { useLinks } from '../../scope/links';
import { useWords } from '../../translation/useWords';

/** What can be done with a recurring review; one of the configuration is not changed here. */
export function TemplateMenu({ template }: { template: ReviewTemplate }) {
  const t = useWords();
  const links = useLinks();
  const [isDeleting, setDeleting] = useState(false);
  const { id, title, origin, alsoInPortal } = template;
  if (origin === 'config' && !alsoInPortal) {
    return null;
  }
  const edit = origin === 'portal' && links.reviewTemplate(id);
  return (
    <>
      <MenuTrigger>
        <ButtonIcon
          variant="tertiary"
          size="small"
          icon={<RiMore2Line />}
          aria-label={t('reviews.recurring.more', { title })}
        />
        <Menu placement="bottom end">
          {edit && (
            <MenuItem href={edit}>{t('reviews.recurring.edit')}</MenuItem>
          )}
          <MenuItem color="danger" onAction={() => setDeleting(true)}>
            {t('reviews.recurring.delete.button')}
          </MenuItem>
        </Menu>
      </MenuTrigger>
      {isDeleting && (
        <DeleteDialog template={template} onClose={() => setDeleting(false)} />
      )}
    </>
  );
}

interface DeleteDialogProps {
  template: ReviewTemplate;
  onClose: () => void;
}

function DeleteDialog({ template, onClose }: DeleteDialogProps) {
  const t = useWords();
  const { mutate, isPending, error } = useDeleteReviewTemplate();
  const { id, title, alsoInPortal } = template;
  return (
    <ActionDialog
      title={t('reviews.recurring.delete.title', {
        title: <bdi>{title}</bdi>,
      })}
      submit={t('reviews.recurring.delete.button')}
      destructive
      isPending={isPending}
      failed={
        error && t('common.error.action', { message: errorMessage(error) })
      }
      onSubmit={() => mutate(id, { onSuccess: onClose })}
      onClose={onClose}
    >
      <p>
        {t(
          alsoInPortal
            ? 'reviews.recurring.delete.both'
            : 'reviews.recurring.delete.text',
        )}
      </p>
    </ActionDialog>
  );
}
