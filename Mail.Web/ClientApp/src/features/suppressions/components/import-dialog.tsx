import { Button, FileInput, Group, Modal, NativeSelect, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Refused } from '@/shared/components/refused';
import { ScrollRegion } from '@/shared/components/scroll-region';
import { useImportSuppressions } from '../api/change-suppressions';
import { suppressionReasons } from '../api/suppression';

export function ImportDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('suppressions');
  const upload = useImportSuppressions();
  const [file, setFile] = useState<File | null>(null);
  const [reason, setReason] = useState<string>('manual');
  const report = upload.data;
  const submit = () => {
    if (file) upload.mutate({ file, reason });
  };
  return (
    <Modal opened onClose={onClose} title={t('import.title')} closeButtonProps={{ 'aria-label': t('close') }}>
      <Stack gap="md">
        <Text size="sm">{t('import.help')}</Text>
        <FileInput
          label={t('import.file')}
          placeholder={t('import.filePlaceholder')}
          accept=".csv,.txt,text/csv,text/plain"
          value={file}
          onChange={(chosen) => {
            setFile(chosen);
            upload.reset();
          }}
        />
        <NativeSelect
          label={t('import.reason')}
          value={reason}
          onChange={(event) => {
            setReason(event.currentTarget.value);
          }}
          data={suppressionReasons.map((known) => ({ value: known, label: t(`reason.${known}`) }))}
        />
        {upload.error && <Refused error={upload.error} onRetry={submit} retrying={upload.isPending} />}
        {report && (
          <div role="status">
            <Text size="sm">
              {[
                t('import.added', { count: report.added }),
                report.known > 0 && t('import.known', { count: report.known }),
                report.refused > 0 && t('import.refused', { count: report.refused }),
              ]
                .filter(Boolean)
                .join(' · ')}
            </Text>
            {report.errors.length > 0 && (
              <ScrollRegion label={t('import.refused', { count: report.refused })} wrap maxHeight={200}>
                {report.errors
                  .slice(0, 100)
                  .map(({ line, message }) => t('import.line', { line, message }))
                  .join('\n')}
              </ScrollRegion>
            )}
          </div>
        )}
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={onClose}>
            {report ? t('close') : t('cancel')}
          </Button>
          <Button onClick={submit} disabled={!file || report !== undefined} loading={upload.isPending}>
            {t('import.confirm')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
