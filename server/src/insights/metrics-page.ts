import { metricIds, metrics } from '@rapport/contract';

/** `docs/metrics.md`, made from the definitions that the screen shows. */
export function metricsPage(): string {
  const parts = metricIds.map((id) => {
    const { en, unit, formula } = metrics[id];
    return `## ${en.name}\n\n\`${id}\`, in ${unit}\n\n${en.means}\n\n- Formula: ${formula}\n- Left out: ${en.without}\n- Whose: ${en.belongs}\n`;
  });
  return `# What the numbers mean\n\nMade from \`contract/src/metrics.ts\` by \`npx rapport insights metrics\`; change it there. The reports show the same words beside each number.\n\n${parts.join('\n')}`;
}
