import { useQuery } from '@tanstack/react-query';
import { explain } from '../data/explain.ts';
import { placesQuery } from '../data/places.ts';
import { switchPlace } from '../data/sign-out.ts';
import { t } from '../i18n/index.ts';
import { showTrouble } from '../ui/toast.ts';

/** The other accounts of the person, and how to go there: a whole new page, so that nothing of this one stays in memory. */
export function useOtherPlaces(): { id: string; label: string; run: () => void }[] {
  const places = useQuery(placesQuery).data ?? [];
  return places.filter((place) => !place.isCurrent).map((place) => ({
    id: place.accountId,
    label: place.name,
    run: () => {
      if (!place.isOpen) return showTrouble(t('places.closed', { name: place.name }));
      switchPlace(place.accountId).then((outcome) => (outcome === 'done' ? location.assign('/') : showTrouble(t('signOut.waiting'))), (error: unknown) => showTrouble(explain(error)));
    },
  }));
}
