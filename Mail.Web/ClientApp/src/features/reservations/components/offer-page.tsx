import { Button, Group, Stack } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { IconArrowLeft } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { mayAs, useWorkplace } from '@/shared/api/workplace';
import { AnchorLink } from '@/shared/components/links';
import { Page } from '@/shared/components/page';
import { ProblemPanel } from '@/shared/components/problem-panel';
import { TableSkeleton } from '@/shared/components/table-skeleton';
import { useNow } from '@/shared/format/use-now';
import { getOffer } from '../api/offer';
import { CancelOfferDialog } from './cancel-offer-dialog';
import { OfferFacts } from './offer-facts';
import { OfferHistory } from './offer-history';
import { PassengerList } from './passenger-list';
import { PastList } from './past-list';
import { RequestList } from './request-list';
import { isAhead } from './state-badge';

const route = getRouteApi('/console/reservations/$offerId');

export function OfferPage() {
  const { t } = useTranslation('reservations');
  const { offerId } = route.useParams();
  const offer = useQuery(getOffer(offerId));
  const now = useNow();
  const role = useWorkplace()?.role;
  const [cancelling, cancellation] = useDisclosure();
  const trip = offer.data;
  const mayAct = trip !== undefined && isAhead(trip, now) && mayAs(role, 'developer');
  return (
    <Page
      title={trip ? t('route', { from: trip.from.label, to: trip.to.label }) : t('one')}
      above={
        <AnchorLink to="/reservations" search={{}} size="sm" c="dimmed" w="fit-content">
          <Group gap={6} component="span">
            <IconArrowLeft size={16} aria-hidden />
            {t('back')}
          </Group>
        </AnchorLink>
      }
      aside={
        mayAct && (
          <Button variant="default" size="xs" onClick={cancellation.open}>
            {t('cancelOffer.open')}
          </Button>
        )
      }
    >
      {offer.isPending && <TableSkeleton rows={6} />}
      {offer.isError && (
        <ProblemPanel
          error={offer.error}
          onRetry={() => void offer.refetch()}
          retrying={offer.isFetching}
          background={trip !== undefined}
        />
      )}
      {trip && (
        <Stack gap="lg">
          <OfferFacts offer={trip} />
          <RequestList offer={trip} mayAct={mayAct} />
          <PassengerList offer={trip} mayAct={mayAct} />
          <PastList offer={trip} />
          <OfferHistory offer={trip} />
        </Stack>
      )}
      {trip && cancelling && <CancelOfferDialog offer={trip} onClose={cancellation.close} />}
    </Page>
  );
}
