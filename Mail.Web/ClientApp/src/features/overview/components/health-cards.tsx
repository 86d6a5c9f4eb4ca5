import { SimpleGrid } from '@mantine/core';
import { AlertCard } from './alert-card';
import { RelayCard } from './relay-card';
import { WaitingCard } from './waiting-card';

/** Whether anything is wrong, each with the way to its page. */
export function HealthCards() {
  return (
    <SimpleGrid cols={{ base: 1, md: 3 }} spacing="lg">
      <WaitingCard />
      <RelayCard />
      <AlertCard />
    </SimpleGrid>
  );
}
