import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { mayAs, useWorkplace } from '@/shared/api/workplace';
import { navigation } from './navigation';
import classes from './sidebar.module.css';

/** Where one can go, by groups: beside the page, and in a drawer where that has no room. */
export function Sidebar({ onGone }: { onGone?: () => void }) {
  const { t } = useTranslation();
  const role = useWorkplace()?.role;
  return (
    <nav aria-label={t('shell.navigation')} className={classes.navigation}>
      {navigation.map(({ label, destinations }) => (
        <div key={label ?? ''} role="group" aria-label={label && t(label)}>
          {label && (
            <div aria-hidden className={classes.group}>
              {t(label)}
            </div>
          )}
          {destinations
            .filter(({ least }) => !least || mayAs(role, least))
            .map(({ to, label: name, icon: Icon }) => (
              <Link
                key={to}
                to={to}
                className={classes.destination}
                activeOptions={{ includeSearch: false, exact: to === '/' }}
                onClick={onGone}
              >
                <Icon size={18} stroke={1.6} aria-hidden />
                {t(name)}
              </Link>
            ))}
        </div>
      ))}
    </nav>
  );
}
