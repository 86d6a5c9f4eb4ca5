import { render, screen } from '@testing-library/react';
import { expect, it } from 'vitest';
import { Marked } from './marked';

it('shows what is typed as it stands without its backticks', () => {
  const { container } = render(<Marked text="Set TLS to `none`." />);

  expect(container).toHaveTextContent('Set TLS to none.');
  expect(screen.getByText('none').tagName).toBe('CODE');
});
