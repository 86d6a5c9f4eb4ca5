import { Button, FileInput, Group, Modal, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Refused } from '@/shared/components/refused';
import { useImportCandidates } from '../api/change-candidates';
import { ImportResult } from './import-result';

/** First what would come of the file, then the file. */
export function ImportDialog({ campaignId, onClose }: { campaignId: string; onClose: () => void }) {
  const { t } = useTranslation('invitations');
  const check = useImportCandidates(campaignId);
  const take = useImportCandidates(campaignId);
  const [file, setFile] = useState<File | null>(null);
  const report = take.data ?? check.data;
  const right = check.data ? check.data.added + check.data.changed : 0;
  const step = check.data ? take : check;
  const send = () => {
    if (file) step.mutate({ file, dryRun: step === check });
  };
  return (
    <Modal
      opened
      onClose={onClose}
      size="lg"
      title={t('import.title')}
      closeButtonProps={{ 'aria-label': t('close') }}
    >
      <Stack gap="md">
        <Text size="sm">{t('import.help')}</Text>
        <FileInput
          label={t('import.file')}
          placeholder={t('import.filePlaceholder')}
          accept=".csv,.txt,text/csv,text/plain"
          value={file}
          onChange={(chosen) => {
            setFile(chosen);
            check.reset();
            take.reset();
          }}
        />
        {report && <ImportResult report={report} />}
        {step.error && <Refused error={step.error} onRetry={send} retrying={step.isPending} />}
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={onClose}>
            {take.data ? t('close') : t('cancel')}
          </Button>
          {!take.data && (
            <Button
              onClick={send}
              disabled={!file || (check.data !== undefined && right === 0)}
              loading={step.isPending}
            >
              {check.data ? t('import.confirm', { count: right }) : t('import.check')}
            </Button>
          )}
        </Group>
      </Stack>
    </Modal>
  );
}
