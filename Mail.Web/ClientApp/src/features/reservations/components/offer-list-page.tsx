import { Button, Group, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { IconCar, IconChevronRight, IconSearchOff } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '@/shared/components/empty-state';
import { Page } from '@/shared/components/page';
import { ProblemPanel } from '@/shared/components/problem-panel';
import { TableSkeleton } from '@/shared/components/table-skeleton';
import { listOffers } from '../api/list-offers';
import { OfferFilterBar } from './offer-filter-bar';
import { OfferList } from './offer-list';
import { StatisticsCards } from './statistics-cards';
import { useOfferFilter } from './use-offer-filter';

export function OfferListPage() {
  const { t } = useTranslation('reservations');
  const { filter, setFilter, turnPage } = useOfferFilter();
  const offers = useQuery(listOffers(filter));
  const page = offers.data;
  const filtered = (filter.state ?? filter.driver ?? filter.after) !== undefined;
  return (
    <Page title={t('title')}>
      <Text size="sm" c="dimmed" maw={760}>
        {t('help')}
      </Text>
      <StatisticsCards />
      <OfferFilterBar value={filter} onChange={(change) => void setFilter(change)} />
      {offers.isPending && <TableSkeleton rows={6} />}
      {offers.isError && (
        <ProblemPanel
          error={offers.error}
          onRetry={() => void offers.refetch()}
          retrying={offers.isFetching}
          background={page !== undefined}
        />
      )}
      {page?.data.length === 0 && !filtered && (
        <EmptyState icon={<IconCar size={24} />} title={t('list.empty.title')} help={t('list.empty.help')} />
      )}
      {page?.data.length === 0 && filtered && (
        <EmptyState
          icon={<IconSearchOff size={24} />}
          title={t('list.noMatch.title')}
          help={t('list.noMatch.help')}
        >
          <Button variant="default" onClick={() => void setFilter({ state: undefined, driver: undefined })}>
            {t('list.noMatch.clear')}
          </Button>
        </EmptyState>
      )}
      {page && page.data.length > 0 && <OfferList offers={page.data} stale={offers.isPlaceholderData} />}
      {page && (page.has_more || filter.after !== undefined) && (
        <Group component="nav" aria-label={t('list.pages')} justify="flex-end" gap="xs">
          <Button
            variant="default"
            size="sm"
            disabled={filter.after === undefined}
            onClick={() => void turnPage()}
          >
            {t('list.newest')}
          </Button>
          <Button
            variant="default"
            size="sm"
            rightSection={<IconChevronRight size={16} aria-hidden />}
            disabled={!page.has_more}
            onClick={() => void turnPage(page.data.at(-1)?.id)}
          >
            {t('list.older')}
          </Button>
        </Group>
      )}
    </Page>
  );
}
