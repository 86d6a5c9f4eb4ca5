import { getRouteApi } from '@tanstack/react-router';
import { mayAs, useWorkplace } from '@/shared/api/workplace';
import { TemplateEditor } from './template-editor';
import { TemplateFrame } from './template-frame';

const route = getRouteApi('/console/templates/$templateId');

export function TemplatePage() {
  const { templateId } = route.useParams();
  const mayWrite = mayAs(useWorkplace()?.role, 'developer');
  return (
    <TemplateFrame address={templateId}>
      {(template) => (
        <TemplateEditor
          key={template.id ?? template.key}
          address={templateId}
          template={template}
          mayWrite={mayWrite && !template.built_in}
        />
      )}
    </TemplateFrame>
  );
}
