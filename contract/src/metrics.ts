/** What can be counted on cases. */
export const metricIds = ['created', 'received', 'sent', 'resolved', 'reopened', 'backlog', 'first_response', 'full_response', 'resolution', 'replies', 'reopened_share'] as const;
export type MetricId = (typeof metricIds)[number];

interface Words {
  name: string;
  /** What is counted and at which moment it counts. */
  means: string;
  /** What is left out. */
  without: string;
  /** Whose number it is: to which agent, and to which team and tags. */
  belongs: string;
}
export interface Metric {
  unit: 'cases' | 'messages' | 'times' | 'seconds' | 'replies' | 'share';
  /** How it comes from what happened on the cases, as one line. */
  formula: string;
  en: Words;
  de: Words;
}

const without = { en: 'Cases that are spam, deleted or merged into another, cases of the demo company, and cases that an import brought in.', de: 'Fälle, die Spam, gelöscht oder in einen anderen überführt sind, Fälle der Demo-Firma und importierte Fälle.' };
const noMachines = { en: `${without.en} Automatic mails: out-of-office replies, delivery reports, lists, and what Rapport sends by itself.`, de: `${without.de} Automatische Mails: Abwesenheitsnotizen, Zustellberichte, Verteiler und was Rapport von selbst sendet.` };

const caseNow = { en: 'inbox, team, kind, priority and tags are those of the case now.', de: 'Posteingang, Team, Art, Priorität und Schlagwörter sind die, die der Fall jetzt hat.' };
const holder = { en: `Counts for the agent whose case it is now; ${caseNow.en}`, de: `Zählt für den Agenten, dem der Fall jetzt zugewiesen ist; ${caseNow.de}` };
const writer = { en: `Counts for the agent who wrote the reply, whoever has the case now; ${caseNow.en}`, de: `Zählt für den Agenten, der die Antwort geschrieben hat, wer den Fall auch jetzt hat; ${caseNow.de}` };
const changer = { en: `Counts for the agent who made the change, and for nobody when it was the customer, a rule or Rapport itself; ${caseNow.en}`, de: `Zählt für den Agenten, der die Änderung gemacht hat, und für niemanden, wenn es der Kunde, eine Regel oder Rapport selbst war; ${caseNow.de}` };
const solver = { en: `Counts for the agent who solved the case last, and for nobody when a rule or Rapport itself did; ${caseNow.en}`, de: `Zählt für den Agenten, der den Fall zuletzt gelöst hat, und für niemanden, wenn es eine Regel oder Rapport selbst war; ${caseNow.de}` };

/** The one definition of every number in the reports: the screen shows it beside the number, `docs/metrics.md` is made from it. */
export const metrics: Record<MetricId, Metric> = {
  created: {
    unit: 'cases', formula: 'count of cases by the time they began',
    en: { name: 'New cases', means: 'Cases that began in the period, whether by a customer’s message or by an agent.', without: without.en, belongs: holder.en },
    de: { name: 'Neue Fälle', means: 'Fälle, die im Zeitraum begonnen haben, durch eine Nachricht oder durch einen Agenten.', without: without.de, belongs: holder.de },
  },
  received: {
    unit: 'messages', formula: 'count of messages from customers by the time they were written',
    en: { name: 'Messages in', means: 'Messages from customers on the cases.', without: noMachines.en, belongs: holder.en },
    de: { name: 'Eingegangene Nachrichten', means: 'Nachrichten von Kunden auf den Fällen.', without: noMachines.de, belongs: holder.de },
  },
  sent: {
    unit: 'messages', formula: 'count of messages by agents by the time they were written',
    en: { name: 'Replies', means: 'Messages that agents wrote to customers.', without: noMachines.en, belongs: writer.en },
    de: { name: 'Antworten', means: 'Nachrichten, die Agenten an Kunden geschrieben haben.', without: noMachines.de, belongs: writer.de },
  },
  resolved: {
    unit: 'times', formula: 'count of changes from an unfinished status to resolved or closed',
    en: { name: 'Solved', means: 'How often a case was resolved or closed. A case that was reopened and solved again counts twice.', without: without.en, belongs: changer.en },
    de: { name: 'Gelöst', means: 'Wie oft ein Fall gelöst oder geschlossen wurde. Ein wieder geöffneter, erneut gelöster Fall zählt zweimal.', without: without.de, belongs: changer.de },
  },
  reopened: {
    unit: 'times', formula: 'count of changes from resolved or closed to an unfinished status',
    en: { name: 'Reopened', means: 'How often a solved case was opened again, by the customer or by an agent.', without: without.en, belongs: changer.en },
    de: { name: 'Wieder geöffnet', means: 'Wie oft ein gelöster Fall wieder geöffnet wurde, vom Kunden oder von einem Agenten.', without: without.de, belongs: changer.de },
  },
  backlog: {
    unit: 'cases', formula: 'created − solved + reopened, from the beginning to the end of the period',
    en: { name: 'Backlog', means: 'Cases that were not solved at the end of the period. Between two moments it changes by new − solved + reopened; with a person chosen these are of the cases that are theirs now, whoever solved and reopened them.', without: without.en, belongs: holder.en },
    de: { name: 'Rückstand', means: 'Fälle, die am Ende des Zeitraums nicht gelöst waren. Zwischen zwei Zeitpunkten ändert er sich um neu − gelöst + wieder geöffnet; ist eine Person gewählt, dann auf den Fällen, die jetzt ihre sind, wer sie auch gelöst und wieder geöffnet hat.', without: without.de, belongs: holder.de },
  },
  first_response: {
    unit: 'seconds', formula: 'time of the first reply − time of the first message, by the time of the reply',
    en: { name: 'First response', means: 'From the customer’s first message to the first reply by an agent, around the clock. Counts when the reply is written. The median is the time of the case in the middle, p90 of the one that nine of ten were as quick as; both are exact, no estimate.', without: noMachines.en, belongs: writer.en },
    de: { name: 'Erste Antwort', means: 'Von der ersten Nachricht des Kunden bis zur ersten Antwort eines Agenten, rund um die Uhr. Zählt, wenn die Antwort geschrieben wird. Der Median ist die Zeit des mittleren Falls, p90 die, die neun von zehn nicht überschritten; beide sind genau, nicht geschätzt.', without: noMachines.de, belongs: writer.de },
  },
  full_response: {
    unit: 'seconds', formula: 'of each answered message by the customer: time of the next reply − time of the message, by the time of the reply',
    en: { name: 'Response to each message', means: 'From every message of the customer to the next reply by an agent, around the clock: how long customers wait each time, not only at first. Counts when the reply is written; two messages that one reply answers are two waits. Median and p90 as for the first response.', without: `${noMachines.en} Messages that nobody has answered yet.`, belongs: writer.en },
    de: { name: 'Antwort auf jede Nachricht', means: 'Von jeder Nachricht des Kunden bis zur nächsten Antwort eines Agenten, rund um die Uhr: wie lange Kunden jedes Mal warten, nicht nur beim ersten. Zählt, wenn die Antwort geschrieben wird; zwei Nachrichten, die eine Antwort beantwortet, sind zwei Wartezeiten. Median und p90 wie bei der ersten Antwort.', without: `${noMachines.de} Nachrichten, die noch niemand beantwortet hat.`, belongs: writer.de },
  },
  resolution: {
    unit: 'seconds', formula: 'time of the last solving − time the case began, of cases that are solved now, by the time of the last solving',
    en: { name: 'Resolution', means: 'From the beginning of a case to its last solving, around the clock, waiting for the customer included. Only cases that are solved now. Median and p90 as for the first response.', without: without.en, belongs: solver.en },
    de: { name: 'Lösungszeit', means: 'Vom Beginn eines Falls bis zum letzten Lösen, rund um die Uhr, mit der Zeit, in der auf den Kunden gewartet wird. Nur Fälle, die jetzt gelöst sind. Median und p90 wie bei der ersten Antwort.', without: without.de, belongs: solver.de },
  },
  replies: {
    unit: 'replies', formula: 'mean count of replies by agents, of cases that are solved now, by the time of the last solving',
    en: { name: 'Replies per case', means: 'How many replies by agents a solved case took, on average.', without: noMachines.en, belongs: solver.en },
    de: { name: 'Antworten je Fall', means: 'Wie viele Antworten ein gelöster Fall im Mittel gebraucht hat.', without: noMachines.de, belongs: solver.de },
  },
  reopened_share: {
    unit: 'share', formula: 'reopened ÷ solved; no number where nothing was solved',
    en: { name: 'Reopened share', means: 'How often a case was reopened for each time that one was solved in the same period.', without: without.en, belongs: changer.en },
    de: { name: 'Anteil wieder geöffneter', means: 'Wie oft ein Fall wieder geöffnet wurde, je Lösen im selben Zeitraum.', without: without.de, belongs: changer.de },
  },
};

/** The numbers whose rows have an amount of their own, instead of counting as one. */
export const measuredMetrics: readonly MetricId[] = metricIds.filter((id) => metrics[id].unit === 'seconds' || metrics[id].unit === 'replies');
