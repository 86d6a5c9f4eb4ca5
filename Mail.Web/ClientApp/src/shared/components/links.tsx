import { Anchor, type AnchorProps, Button, type ButtonProps } from '@mantine/core';
import { createLink } from '@tanstack/react-router';
import type { ComponentPropsWithRef } from 'react';

type Inherited<P> = P & Omit<ComponentPropsWithRef<'a'>, keyof P>;

/** Mantine's look on the router's typed links. */
export const AnchorLink = createLink((props: Inherited<AnchorProps>) => <Anchor {...props} />);

export const ButtonLink = createLink((props: Inherited<ButtonProps>) => <Button component="a" {...props} />);
