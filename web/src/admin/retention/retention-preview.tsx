import { queryOptions, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { client } from '../../data/client.ts';
import { explain } from '../../data/explain.ts';
import { formatDate } from '../../i18n/format.ts';
import { t } from '../../i18n/index.ts';
import { dueWords, heldWords, soonWords } from './retention-words.ts';

/** What a rule would erase from an inbox in the coming night; asked anew whenever the rule is another. */
export const previewQuery = (inboxId: string, days: number, keepTags: readonly string[]) =>
  queryOptions({ queryKey: ['retention', 'preview', inboxId, days, keepTags], queryFn: ({ signal }) => client.retentionRules.preview({ params: { inboxId }, query: { days, keepTags: keepTags.join(',') }, signal }), staleTime: 60_000 });

/** How many cases are due in the coming night, before anything is saved. */
export function RetentionPreviewLine({ inboxId, days, keepTags }: { inboxId: string; days: number; keepTags: readonly string[] }) {
  const preview = useQuery(previewQuery(inboxId, days, keepTags));
  if (preview.isError) return <p className="text-sm text-clay">{explain(preview.error)}</p>;
  if (!preview.data) return <p className="text-sm text-ink-3">{t('retention.counting')}</p>;
  const { data } = preview;
  return (
    <div className="flex flex-col gap-1 text-sm text-ink-2">
      <p role="status">
        <span className={data.due > 0 ? 'font-medium text-ink' : ''}>{dueWords(data)}</span>
        {data.oldestAt && ` ${t('retention.oldest', { date: formatDate(data.oldestAt) })}`} {data.soon > 0 && soonWords(data)} {Object.values(data.held).some((count) => count > 0) && heldWords(data)}
      </p>
      {data.examples.length > 0 && (
        <details>
          <summary className="w-fit cursor-pointer text-accent">{t('retention.examples', { count: data.examples.length })}</summary>
          <ul className="mt-1 flex flex-col">
            {data.examples.map((each) => (
              <li key={each.id} className="min-w-0 py-0.5">
                <Link to="/cases/$view/$number" params={{ view: 'closed', number: String(each.number) }} className="block truncate hover:underline">
                  <span className="text-ink-3">#{each.number} · {formatDate(each.resolvedAt)}</span> <bdi>{each.subject.trim() || t('case.noSubject')}</bdi>
                </Link>
              </li>
            ))}
          </ul>
        </details>
      )}
    </div>
  );
}
