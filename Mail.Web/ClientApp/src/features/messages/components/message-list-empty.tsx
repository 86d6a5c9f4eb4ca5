import { Button } from '@mantine/core';
import { IconArrowUp, IconSearchOff } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '@/shared/components/empty-state';
import { isFiltered, type MessageFilter } from '../api/list-messages';
import { FirstMessage } from './first-message';

interface Props {
  filter: MessageFilter;
  onClear: () => void;
  onNewest: () => void;
}

/** Nothing sent yet, nothing that matches, or a page whose messages are gone: three reasons, three ways on. */
export function MessageListEmpty({ filter, onClear, onNewest }: Props) {
  const { t } = useTranslation('messages');
  if (filter.after ?? filter.before) {
    return (
      <EmptyState
        icon={<IconArrowUp size={24} />}
        title={t('list.endOfList.title')}
        help={t('list.endOfList.help')}
      >
        <Button variant="default" onClick={onNewest}>
          {t('list.newest')}
        </Button>
      </EmptyState>
    );
  }
  if (isFiltered(filter)) {
    return (
      <EmptyState
        icon={<IconSearchOff size={24} />}
        title={t('list.noMatch.title')}
        help={t('list.noMatch.help')}
      >
        <Button variant="default" onClick={onClear}>
          {t('list.clear')}
        </Button>
      </EmptyState>
    );
  }
  return <FirstMessage />;
}
